import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { JWK } from 'jose';
import { z } from 'zod';
import type { PublicJwk } from '@/lib/signing/jwk';
import { isBase64urlOf, isSigningJwk, publicHalf } from '@/lib/signing/jwk';

/** Whether the private half fits the public one: the public half verifies a probe signature. A file can be damaged. */
function isPair(half: PublicJwk, d: string): boolean {
  const digest = half.crv === 'P-256' ? 'sha256' : null;
  const probe = Buffer.from('probe');
  try {
    const signed = sign(digest, probe, createPrivateKey({ key: { ...half, d }, format: 'jwk' }));
    return verify(digest, probe, createPublicKey({ key: { ...half }, format: 'jwk' }), signed);
  } catch {
    return false;
  }
}

/** The private root key as a JWK, as the operator's file holds it. It is never stored. */
export const rootPrivateJwk = z.record(z.string(), z.unknown()).transform((jwk, context): JWK => {
  const half = publicHalf(jwk);
  const { d } = jwk;
  if (half !== null && isSigningJwk(half) && isBase64urlOf(32, d) && isPair(half, d)) return { ...half, d };
  context.addIssue({ code: 'custom', message: 'expected a private Ed25519 or P-256 key as a JWK' });
  return z.NEVER;
});
