const ALPHABET = /^[A-Za-z0-9_-]+$/;
/** After whole groups of four characters: what the last one of the rest can be, so that it leaves no bits over. A rest of one is none. */
const LAST_OF_REST = [/$/, /(?!)/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const;

/** Says whether a segment is canonical base64url: right alphabet, no padding, re-encodes to itself (RFC 4648 section 3.5). Empty is not. */
export function isCanonicalSegment(segment: string): boolean {
  const rest = LAST_OF_REST[(segment.length & 3) as 0 | 1 | 2 | 3];
  return ALPHABET.test(segment) && rest.test(segment.slice(-1));
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
