import { reject } from '@/lib/licensing/refusals/rejection';
import type { UploadedFile } from './dialect';
import { DialectError } from './dialect';

/** No file of any dialect is larger (docs/formats/native.md, files). */
export const MAX_FILE_BYTES = 64 * 1024;

/** Every control character but tab, line feed, vertical tab, form feed and carriage return. */
const NOT_IN_TEXT = /[^\P{Cc}\t\n\v\f\r]/u;

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Decodes a file as text: UTF-8 with or without a BOM.
 *
 * @throws DialectError file-empty, file-too-large, file-not-text (binary, UTF-16, PDF)
 */
export function readText({ bytes }: UploadedFile): string {
  if (bytes.byteLength > MAX_FILE_BYTES) throw new DialectError(reject('file-too-large', { bytes: bytes.byteLength }));
  const text = decodeUtf8(bytes);
  if (text === null || NOT_IN_TEXT.test(text) || text.startsWith('%PDF-')) throw new DialectError(reject('file-not-text'));
  if (text.trim() === '') throw new DialectError(reject('file-empty'));
  return text;
}
