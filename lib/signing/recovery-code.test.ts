import { expect, test } from 'vitest';
import { digestRecoveryCode, isRecoveryCode, makeRecoveryCode } from './recovery-code';

const secret = new Uint8Array(20).fill(1);

test('a recovery code is two groups of five that nobody mistakes, and is known however it is typed', () => {
  for (let round = 0; round < 100; round += 1) {
    const code = makeRecoveryCode();
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/);
    const typed = ` ${code.toLowerCase().replace('-', ' – ')} `;
    expect(isRecoveryCode(typed)).toBe(true);
    expect(digestRecoveryCode(typed, secret)).toBe(digestRecoveryCode(code, secret));
  }
});

test.each(['', '123456', 'ABCDE-FGHJ', 'ABCDE-FGHJK2', 'ABCDE-FGH0K', 'ÄBCDE-FGHJK'])('%j is no recovery code', (text) => {
  expect(isRecoveryCode(text)).toBe(false);
});

test('the digest of a code holds for its own person only', () => {
  expect(digestRecoveryCode('ABCDE-FGHJK', secret)).not.toBe(digestRecoveryCode('ABCDE-FGHJK', new Uint8Array(20).fill(2)));
});
