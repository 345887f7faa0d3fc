import { describe, expect, it } from 'vitest';
import { countMatches, driftedComponents, isSameDevice, recogniseDevice } from '../devices/fingerprint';
import { isTroubleCode, troubleCodeFrom } from '../support/trouble-code';
import { explain, REFUSALS, reject } from './rejection';

const rules = (required: number) => ({ fingerprintRequired: required, fingerprintComponents: null, fingerprintMust: [] });

const fingerprint = (components: Record<string, string>, version = 1) => ({ version, components });

describe('a fingerprint', () => {
  it.each([
    [{ a: '1', b: '2', c: '3' }, { a: '1', b: '2', c: '9' }, 2, true],
    [{ a: '1', b: '2', c: '3' }, { a: '1', b: '8', c: '9' }, 2, false],
    [{ a: '1' }, { b: '1' }, 1, false],
    [{}, {}, 0, false],
  ])('%o and %o with %i required are the same device: %s', (one, other, required, same) => {
    expect(isSameDevice(fingerprint(one), fingerprint(other), rules(required))).toBe(same);
  });

  it('shares nothing with one of another version', () => {
    expect(countMatches(fingerprint({ a: '1' }), fingerprint({ a: '1' }, 2))).toBe(0);
  });

  it('tells which components changed', () => {
    expect(driftedComponents(fingerprint({ a: '1', b: '2', d: '5' }), fingerprint({ b: '3', c: '4', d: '5' }))).toEqual(['b']);
  });

  it('is recognised as the known device that shares most', () => {
    const candidates = [fingerprint({ a: '1', b: '2', c: '0' }), fingerprint({ a: '1', b: '2', c: '3' })];
    const found = recogniseDevice({
      candidates,
      fingerprintOf: (known) => known,
      seen: fingerprint({ a: '1', b: '2', c: '3', d: '4' }),
      rules: rules(2),
    });
    expect(found).toEqual({ known: candidates[1], drifted: [] });
  });
});

describe('a refusal', () => {
  it.each(Object.keys(REFUSALS) as (keyof typeof REFUSALS)[])(
    '%s says what is wrong and how to mend it in the words of a customer',
    (code) => {
      const { cause, fix } = REFUSALS[code];
      for (const text of [cause, fix]) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(text).not.toMatch(/\b(token|JWE|JWS|invalid|error|entity|null|undefined)\b/i);
      }
    },
  );

  it('shows its facts where they belong', () => {
    expect(explain(reject('no-seat-free', { seats: 5 })).cause).toBe('No seat of this entitlement is free (5 bought).');
    expect(explain(reject('no-seat-free')).cause).toContain('unknown');
  });
});

describe('a trouble code', () => {
  const codes = Array.from({ length: 200 }, (_, seed) =>
    troubleCodeFrom(Uint8Array.from([seed, seed * 7, seed * 13, seed * 29, 255 - seed].map((n) => n & 255))),
  );

  it('is six characters that check, in any case', () => {
    for (const code of codes) expect(isTroubleCode(` ${code.toLowerCase()} `)).toBe(true);
  });

  it('no longer checks when two neighbours change places', () => {
    for (const code of codes.filter((each) => each.charAt(1) !== each.charAt(2))) {
      const swapped = code.charAt(0) + code.charAt(2) + code.charAt(1) + code.slice(3);
      expect(isTroubleCode(swapped)).toBe(false);
    }
  });

  it.each(['', 'ABCDE', 'ABCDEFG', 'ABCDE0', 'ABC-EF'])('is not %j', (text) => {
    expect(isTroubleCode(text)).toBe(false);
  });
});
