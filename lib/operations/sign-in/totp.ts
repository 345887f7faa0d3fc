import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** The parameters that every app supports, even those that ignore the parameters in the address (RFC 6238, section 1.2). */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** Clocks of phones may be one step off, and typing takes time (RFC 6238, section 5.2). */
const WINDOW_STEPS = 1;

/** The length of the SHA-1 digest (RFC 4226, section 4, R6). */
const SECRET_BYTES = 20;

/** Makes the secret to be shared with an app. */
export function makeTotpSecret(): Uint8Array {
  return Uint8Array.from(randomBytes(SECRET_BYTES));
}

/**
 * Finds the time step (30 seconds, counted from 1970) that a code belongs to, among the present one and its two neighbours (RFC 6238, section 4).
 *
 * @param look.code six digits
 * @returns null when the code belongs to none of the three
 */
export function findTotpStep(look: { secret: Uint8Array; code: string; at: Date }): number | null {
  const timestamp = look.at.getTime();
  const delta = TOTP.validate({
    ...{ ...PARAMETERS, secret: toSecret(look.secret), token: look.code, window: WINDOW_STEPS },
    timestamp,
  });
  return delta === null ? null : TOTP.counter({ period: PARAMETERS.period, timestamp }) + delta;
}

/** Formats the secret for typing: base32 (RFC 4648, section 6) in groups of four. */
export function formatTotpSecret(secret: Uint8Array): string {
  return toSecret(secret).base32.replace(/.{4}(?=.)/g, '$& ');
}

/** Formats the secret for scanning: an `otpauth:` address that names the account and the portal. */
export function formatTotpAddress(account: { secret: Uint8Array; issuer: string; email: string }): string {
  return new TOTP({ ...PARAMETERS, issuer: account.issuer, label: account.email, secret: toSecret(account.secret) }).toString();
}

function toSecret(secret: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(secret).buffer });
}
