import { reject } from '@/lib/licensing/refusals/rejection';
import type { Check, DialectOutline, Observe, UploadedFile } from './dialect';
import { DialectError } from './dialect';
import { MAX_FILE_BYTES, readText } from './read-text';

/** What is asked of a file before its dialect is. */
const OUTSIDE_CHECKS: readonly Check[] = [
  { id: 'text', asks: 'It is text, of a size that a request can have.' },
  { id: 'recognised', asks: 'It looks like a file that this portal reads.' },
];

/**
 * Detects the dialect that a file is written in, by a look at its outside.
 *
 * @param dialects in the order in which they look at it
 * @param observe told of the outside checks it passes
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

/** Every check that opening this file goes through, in their order: those of its dialect, or of the native one when it is of none. */
export function checksOf(dialects: readonly DialectOutline[], file: UploadedFile): readonly Check[] {
  const dialect = detectUnread(dialects, file) ?? dialects.find(({ id }) => id === 'native');
  return [...OUTSIDE_CHECKS, ...(dialect?.checks ?? [])];
}

/** What people may see of a file whose secrets are in the clear; null for one that is shown as it is. */
export function maskedText(dialects: readonly DialectOutline[], file: UploadedFile): string | null {
  return detectUnread(dialects, file)?.showText?.(file) ?? null;
}

/** Detects the dialect of a file of which nothing is known yet, be it text or not. */
function detectUnread(dialects: readonly DialectOutline[], { bytes }: UploadedFile): DialectOutline | undefined {
  if (bytes.byteLength > MAX_FILE_BYTES) return undefined;
  const text = new TextDecoder().decode(bytes);
  return dialects.find((candidate) => candidate.detect(text));
}
