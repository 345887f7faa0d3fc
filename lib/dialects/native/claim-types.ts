import { z } from 'zod';
import { boundedText } from '@/lib/signing/bounded-text';
import { isBase64urlOf, isSigningJwk, publicHalf } from '@/lib/signing/jwk';
import { canAgree } from '@/lib/signing/key-pair';

/** Control characters, line separators and marks that turn the direction of writing: none of them belongs in a name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** One line of text of up to `max` characters. Five hyphens would look like armour. */
export function line(max: number) {
  return boundedText(max)
    .min(1)
    .refine((text) => !NOT_IN_NAMES.test(text) && !text.includes('-----'), 'expected one line of plain text');
}

/** Seconds since 1970 UTC, up to the end of the year 9999. */
export const seconds = z.int().min(0).max(253_402_300_799);

export const uuid = boundedText(36).regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** 32 bytes as canonical base64url: a SHA-256 digest or an RFC 7638 thumbprint. */
export const digest = boundedText(43).refine((text) => isBase64urlOf(32, text), 'expected base64url of 32 bytes');

/** A public key with the members of its type and no other: one with a private member is refused. */
function publicKey(isAllowed: (jwk: NonNullable<ReturnType<typeof publicHalf>>) => boolean) {
  return z.record(z.string(), z.unknown()).transform((jwk, context) => {
    const half = publicHalf(jwk);
    if (half !== null && Object.keys(half).length === Object.keys(jwk).length && isAllowed(half)) return half;
    context.addIssue({ code: 'custom', message: 'expected a public key' });
    return z.NEVER;
  });
}

export const signingKey = publicKey(isSigningJwk);
/** One that something can be encrypted to: a point on its curve, not of small order. */
export const exchangeKey = publicKey(canAgree);

export const fingerprint = z.strictObject({
  version: z.int().min(1).max(1_000_000),
  components: z
    .record(boundedText(32).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/), digest)
    .refine((components) => Object.keys(components).length <= 32, 'expected 32 components at most'),
});

/** What every token of this format says, in the members of RFC 7519. */
export const common = {
  v: z.literal(1),
  iss: line(200),
  aud: line(200),
  iat: seconds,
  jti: uuid,
  /** What a vendor adds. `device` and `product` are shown in the header lines of files whose claims do not name them. */
  ext: z.record(z.string().max(100), z.unknown()).optional(),
};
