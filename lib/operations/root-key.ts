import type { JWK } from 'jose';
import { z } from 'zod';
import { isBase64urlOf, isSigningJwk, publicHalf } from '@/lib/signing/jwk';

/** The private root key as a JWK, as the file holds it. It is used and forgotten, never stored. */
export const rootPrivateJwk = z.record(z.string(), z.unknown()).transform((jwk, context): JWK => {
  const half = publicHalf(jwk);
  const { d } = jwk;
  if (half !== null && isSigningJwk(half) && isBase64urlOf(32, d)) return { ...half, d };
  context.addIssue({ code: 'custom', message: 'expected a private Ed25519 or P-256 key as a JWK' });
  return z.NEVER;
});
