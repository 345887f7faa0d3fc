import { reject } from '@/lib/licensing/refusals/rejection';
import type { Check, DialectOutline, Observe, UploadedFile } from './dialect';
import { DialectError } from './dialect';
import { MAX_FILE_BYTES, readText } from './read-text';

/** The checks of a file before those of its dialect. */
const OUTSIDE_CHECKS: readonly Check[] = [
  { id: 'text', asks: 'It is text, of a size that a request can have.' },
  { id: 'recognised', asks: 'It looks like a file that this portal reads.' },
];

/**
 * Detects the dialect that a file is written in, from its text, without keys.
 *
 * @param dialects in the order in which they are tried
 * @param observe called for each of these checks that passes
 * @throws DialectError file-empty, file-too-large, file-not-text, file-not-recognised
 */
export function detectDialect<Found extends DialectOutline>(
  dialects: readonly Found[],
  file: UploadedFile,
  observe: Observe = () => undefined,
): Found {
  const text = readText(file);
  observe('text');
  const dialect = dialects.find((candidate) => candidate.detect(text));
  if (dialect === undefined) throw new DialectError(reject('file-not-recognised'));
  observe('recognised');
  return dialect;
}

/** Lists the checks that opening this file runs, in order: those of its dialect, or of the native one when none is detected. */
export function checksOf(dialects: readonly DialectOutline[], file: UploadedFile): readonly Check[] {
  const dialect = detectUnread(dialects, file) ?? dialects.find(({ id }) => id === 'native');
  return [...OUTSIDE_CHECKS, ...(dialect?.checks ?? [])];
}

/** Returns the text of a file with its secrets masked; null for a dialect whose files are shown unchanged. */
export function maskedText(dialects: readonly DialectOutline[], file: UploadedFile): string | null {
  return detectUnread(dialects, file)?.showText?.(file) ?? null;
}

/** Detects the dialect of an unchecked file, which may not even be text. */
function detectUnread(dialects: readonly DialectOutline[], { bytes }: UploadedFile): DialectOutline | undefined {
  if (bytes.byteLength > MAX_FILE_BYTES) return undefined;
  const text = new TextDecoder().decode(bytes);
  return dialects.find((candidate) => candidate.detect(text));
}
