import { describe, expect, it } from 'vitest';
import { findTotpStep, formatTotpAddress, formatTotpSecret, makeTotpSecret } from './totp';

const secret = new TextEncoder().encode('12345678901234567890');

/** RFC 6238, appendix B, the rows of SHA-1. Their codes have eight digits, of which six-digit codes are the last six (RFC 4226, section 5.3). */
const VECTORS = [
  [59, '94287082', 0x1],
  [1111111109, '07081804', 0x23523ec],
  [1111111111, '14050471', 0x23523ed],
  [1234567890, '89005924', 0x273ef07],
  [2000000000, '69279037', 0x3f940aa],
  [20000000000, '65353130', 0x27bc86aa],
] as const;

describe('a code of the app', () => {
  it.each(VECTORS)('at %i seconds is that of %s, at its step', (seconds, code, step) => {
    const at = new Date(seconds * 1000);
    expect(findTotpStep({ secret, code: code.slice(2), at })).toBe(step);
  });

  it('is known one step before and after its own, and no further', () => {
    const [seconds, code, step] = VECTORS[3];
    const found = [-2, -1, 0, 1, 2].map((steps) =>
      findTotpStep({ secret, code: code.slice(2), at: new Date((seconds + steps * 30) * 1000) }),
    );
    expect(found).toEqual([null, step, step, step, null]);
  });

  it('of another secret is none', () => {
    const [seconds, code] = VECTORS[0];
    expect(findTotpStep({ secret: new Uint8Array(20), code: code.slice(2), at: new Date(seconds * 1000) })).toBeNull();
  });
});

describe('a secret', () => {
  it('is typed in groups of four', () => {
    expect(formatTotpSecret(secret)).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
  });

  it('is scanned with whose account it is, and where', () => {
    const address = new URL(formatTotpAddress({ secret, issuer: 'Kestrel & Co', email: 'ada@example.com' }));
    expect(`${address.protocol}//${address.host}`).toBe('otpauth://totp');
    expect(decodeURIComponent(address.pathname)).toBe('/Kestrel & Co:ada@example.com');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      ...{ issuer: 'Kestrel & Co', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
      ...{ algorithm: 'SHA1', digits: '6', period: '30' },
    });
  });

  it('has 160 bits, and no two are alike', () => {
    const secrets = Array.from({ length: 50 }, () => formatTotpSecret(makeTotpSecret()));
    expect(new Set(secrets).size).toBe(50);
    for (const one of secrets) expect(one).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  });
});
