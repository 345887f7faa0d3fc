import type { UploadedFile } from '../dialect';
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

const MASK = '••••';

/** Members that identify or unlock a licence, and how much of them may be shown. */
const SECRETS = new Map<string, (text: string) => string>([
  ['license_key', (text) => (text.length >= 12 ? `${MASK} ${text.slice(-4)}` : MASK)],
  ['username', (text) => `${text.slice(0, 1)}${MASK}${text.includes('@') ? text.slice(text.indexOf('@')) : ''}`],
  ['password', () => MASK],
]);

/** Masks members for inspection: of keys the last four characters remain, of passwords nothing. */
export function maskMembers(members: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      const mask = SECRETS.get(name);
      if (mask !== undefined) return [name, typeof value === 'string' ? mask(value) : MASK];
      return [name, maskValue(value)];
    }),
  );
}

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  return isJsonObject(value) ? maskMembers(value) : value;
}
