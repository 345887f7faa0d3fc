import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** What every app understands, whatever the address it scans says (RFC 6238, section 1.2). */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** Clocks of phones may be a step off, and people take a while to type (RFC 6238, section 5.2). */
const WINDOW_STEPS = 1;

/** As long as the digest (RFC 4226, section 4, R6). */
const SECRET_BYTES = 20;

/** Makes the secret that an app will share. */
export function makeTotpSecret(): Uint8Array {
  return Uint8Array.from(randomBytes(SECRET_BYTES));
}

/**
 * Finds the step of 30 seconds since 1970 whose code this is (RFC 6238, section 4), from one before to one after the present one.
 *
 * @param look.code six digits
 * @returns null when it is the code of none of the three
 */
export function findTotpStep(look: { secret: Uint8Array; code: string; at: Date }): number | null {
  const timestamp = look.at.getTime();
  const delta = TOTP.validate({
    ...{ ...PARAMETERS, secret: toSecret(look.secret), token: look.code, window: WINDOW_STEPS },
    timestamp,
  });
  return delta === null ? null : TOTP.counter({ period: PARAMETERS.period, timestamp }) + delta;
}

/** The secret as people type it (RFC 4648, section 6): in groups of four. */
export function writeTotpSecret(secret: Uint8Array): string {
  return toSecret(secret).base32.replace(/.{4}(?=.)/g, '$& ');
}

/** The secret as an app scans it: an `otpauth:` address that names whose account it is and where. */
export function totpAddress(account: { secret: Uint8Array; issuer: string; email: string }): string {
  return new TOTP({ ...PARAMETERS, issuer: account.issuer, label: account.email, secret: toSecret(account.secret) }).toString();
}

function toSecret(secret: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(secret).buffer });
}
