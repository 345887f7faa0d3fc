/** Whole groups of four, then a rest whose last character leaves no bits over. */
const CANONICAL = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/;

/** Says whether a segment is canonical base64url: right alphabet, no padding, re-encodes to itself (RFC 4648 section 3.5). Empty is not. */
export function isCanonicalSegment(segment: string): boolean {
  return segment !== '' && CANONICAL.test(segment);
}

/** The bytes of a canonical segment. */
export function decodeSegment(segment: string): Uint8Array {
  return Buffer.from(segment, 'base64url');
}

/** Bytes, or the UTF-8 of a text, as a canonical segment. */
export function encodeSegment(content: string | Uint8Array): string {
  const bytes =
    typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return bytes.toString('base64url');
}
