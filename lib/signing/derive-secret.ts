/**
 * Derives 32 bytes for one purpose from a 32-byte secret (HKDF-SHA-256, RFC 5869), so that one secret in the environment serves several
 * uses and none of them reveals another.
 */
export async function deriveSecret(secret: Uint8Array, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(secret), 'HKDF', false, ['deriveBits']);
  const info = new TextEncoder().encode(`airgate/${purpose}`);
  const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }, key, 256);
  return new Uint8Array(bits);
}
