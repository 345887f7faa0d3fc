/** Largest number of fields: more than any form of this portal has. */
export const FIELDS_MAX = 1000;

/** The boundary (RFC 2046, section 5.1.1): up to 70 characters, quoted or not. */
const BOUNDARY = /^multipart\/form-data\s*;(?:[^"]{0,100};)?\s*boundary=(?:"([^"\\]{1,70})"|([^\s";,]{1,70}))\s*(?:;|$)/i;
const LONGEST_TYPE = 300;

/** Says whether a content type is `multipart/form-data`. */
export function isMultipart(type: string | null): boolean {
  return /^\s*multipart\/form-data/i.test((type ?? '').slice(0, LONGEST_TYPE));
}

/** Counts the parts, up to one above the limit. */
function countParts(bytes: Uint8Array, boundary: string): number {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = `--${boundary}`;
  let count = 0;
  for (let at = content.indexOf(mark); at >= 0 && count <= FIELDS_MAX + 1; at = content.indexOf(mark, at + mark.length))
    count += 1;
  return count - 1;
}

/**
 * Parses a `multipart/form-data` body, after counting its parts.
 *
 * @returns null when it is no such form, is cut off, or has more than {@link FIELDS_MAX} parts
 */
export async function parseForm(bytes: Uint8Array<ArrayBuffer>, type: string | null): Promise<FormData | null> {
  if (type === null || type.length > LONGEST_TYPE) return null;
  const [, quoted, plain] = BOUNDARY.exec(type.trim()) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || countParts(bytes, boundary) > FIELDS_MAX) return null;
  return new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null);
}
