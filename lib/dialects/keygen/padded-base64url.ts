const PADDED = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}==|[A-Za-z0-9_-]{3}=)?$/;

/** Encodes as base64url with padding, as licence keys and proofs carry it. */
export function encodePadded(content: string | Uint8Array): string {
  return Buffer.from(content).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** Decodes base64url with padding; null for a text that {@link encodePadded} would write differently. */
export function decodePadded(text: string): Buffer | null {
  if (text === '' || !PADDED.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  return encodePadded(bytes) === text ? bytes : null;
}
