import { reject } from '@/lib/licensing/rejection';
import type { Dialect, UploadedFile } from './dialect';
import { DialectError } from './dialect';
import { nativeDialect } from './native/dialect';
import { readText } from './read-text';

/** Every family of wire formats the portal speaks. */
const DIALECTS: readonly Dialect[] = [nativeDialect];

/**
 * The dialect a file is written in, by a look at its outside.
 *
 * @throws DialectError file-empty, file-too-large, file-not-text, file-not-recognised
 */
export function dialectOf(file: UploadedFile): Dialect {
  readText(file);
  const dialect = DIALECTS.find((candidate) => candidate.recognises(file));
  if (dialect === undefined) throw new DialectError(reject('file-not-recognised'));
  return dialect;
}

/** The dialect of a stored request, by its name. @throws RangeError for a name that no dialect has */
export function dialectNamed(id: string): Dialect {
  const dialect = DIALECTS.find((candidate) => candidate.id === id);
  if (dialect === undefined) throw new RangeError(`expected the name of a dialect, found ${JSON.stringify(id)}`);
  return dialect;
}
