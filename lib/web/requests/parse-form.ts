/** More fields than any form of this portal has, with a box for each of many entitlements. */
export const FIELDS_MAX = 1000;

/** RFC 2046, section 5.1.1: up to 70 characters, in quotation marks where they need it. */
const BOUNDARY = /^multipart\/form-data\s*;(?:[^"]{0,100};)?\s*boundary=(?:"([^"\\]{1,70})"|([^\s";,]{1,70}))\s*(?:;|$)/i;
const LONGEST_TYPE = 300;

/** Says whether a content type is that of a form with files. */
export function isMultipart(type: string | null): boolean {
  return /^\s*multipart\/form-data/i.test((type ?? '').slice(0, LONGEST_TYPE));
}

/** How many parts there are at least; stops counting where there are too many. */
function countParts(bytes: Uint8Array, boundary: string): number {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = `--${boundary}`;
  let count = 0;
  for (let at = content.indexOf(mark); at >= 0 && count <= FIELDS_MAX + 1; at = content.indexOf(mark, at + mark.length))
    count += 1;
  return count - 1;
}

/**
 * Parses a form with files (`multipart/form-data`), once its parts were counted.
 *
 * @returns null for what is none, was cut, or has more than {@link FIELDS_MAX} parts
 */
export async function parseForm(bytes: Uint8Array<ArrayBuffer>, type: string | null): Promise<FormData | null> {
  if (type === null || type.length > LONGEST_TYPE) return null;
  const [, quoted, plain] = BOUNDARY.exec(type.trim()) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || countParts(bytes, boundary) > FIELDS_MAX) return null;
  return new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null);
}
