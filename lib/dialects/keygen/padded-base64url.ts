const PADDED = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}==|[A-Za-z0-9_-]{3}=)?$/;

/** Base64url with its padding kept, as licence keys and proofs carry it. */
export function encodePadded(content: string | Uint8Array): string {
  return Buffer.from(content).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** The bytes of base64url with its padding; null for a text that is not exactly what {@link encodePadded} writes. */
export function decodePadded(text: string): Buffer | null {
  if (text === '' || !PADDED.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  return encodePadded(bytes) === text ? bytes : null;
}
