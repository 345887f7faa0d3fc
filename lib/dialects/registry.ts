import { reject } from '@/lib/licensing/refusals/rejection';
import type { Check, Dialect, Observe, UploadedFile } from './dialect';
import { DialectError } from './dialect';
import { keygenDialect } from './keygen/dialect';
import { licenseSpringDialect } from './licensespring/dialect';
import { nativeDialect } from './native/dialect';
import { MAX_FILE_BYTES, readText } from './read-text';

/** Every family of wire formats the portal speaks. The native one takes every compact token for its own, so others look first. */
const DIALECTS: readonly Dialect[] = [keygenDialect, licenseSpringDialect, nativeDialect];

/** Their names, as they are stored and as an operator says them. */
export const DIALECT_NAMES: readonly string[] = DIALECTS.map(({ id }) => id);

/** What is asked of a file before its dialect is. */
const OUTSIDE_CHECKS: readonly Check[] = [
  { id: 'text', asks: 'It is text, of a size that a request can have.' },
  { id: 'recognised', asks: 'It looks like a file that this portal reads.' },
];

/** Recognises a file of which nothing is known yet, be it text or not. */
function recogniseUnread({ bytes }: UploadedFile): Dialect | undefined {
  if (bytes.byteLength > MAX_FILE_BYTES) return undefined;
  const text = new TextDecoder().decode(bytes);
  return DIALECTS.find((candidate) => candidate.recognises(text));
}

/**
 * The dialect a file is written in, by a look at its outside.
 *
 * @param observe told of the outside checks it passes
 * @throws DialectError file-empty, file-too-large, file-not-text, file-not-recognised
 */
export function dialectOf(file: UploadedFile, observe: Observe = () => undefined): Dialect {
  const text = readText(file);
  observe('text');
  const dialect = DIALECTS.find((candidate) => candidate.recognises(text));
  if (dialect === undefined) throw new DialectError(reject('file-not-recognised'));
  observe('recognised');
  return dialect;
}

/** Every check that opening this file goes through, in their order: those of its dialect, or of the native one when it is of none. */
export function checksOf(file: UploadedFile): readonly Check[] {
  return [...OUTSIDE_CHECKS, ...(recogniseUnread(file) ?? nativeDialect).checks];
}

/** What people may see of a file whose secrets are in the clear; null for one that is shown as it is. */
export function maskedText(file: UploadedFile): string | null {
  return recogniseUnread(file)?.showText?.(file) ?? null;
}

/** The dialect of a stored request, by its name. @throws RangeError for a name that no dialect has */
export function dialectNamed(id: string): Dialect {
  const dialect = DIALECTS.find((candidate) => candidate.id === id);
  if (dialect === undefined) throw new RangeError(`expected the name of a dialect, found ${JSON.stringify(id)}`);
  return dialect;
}
