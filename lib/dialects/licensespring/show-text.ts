import type { UploadedFile } from '../dialect';
import { maskMembers } from './mask-members';
import { joinLines } from './read-base64';
import type { JsonObject } from './read-json';
import { isJsonObject } from './read-json';

/** Formats the content of a file for inspection. Its keys and passwords are in the clear, so they are masked. Empty when it is damaged. */
export function showText({ bytes }: Pick<UploadedFile, 'bytes'>): string {
  const object = contentOf(bytes);
  return object === null ? '' : JSON.stringify(maskMembers(object), null, 2);
}

function contentOf(bytes: Uint8Array): JsonObject | null {
  try {
    const content: unknown = JSON.parse(Buffer.from(joinLines(new TextDecoder().decode(bytes)), 'base64').toString('utf8'));
    return isJsonObject(content) ? content : null;
  } catch {
    return null;
  }
}
