import { expect, test } from 'vitest';
import {
  digestActivationCode,
  generateActivationCode,
  isActivationCode,
  lastFour,
  normaliseActivationCode,
} from './activation-code';

const key = new Uint8Array(32).fill(1);

test('a code is four groups of five letters and digits without look-alikes', () => {
  for (let count = 0; count < 200; count += 1) {
    const code = generateActivationCode();
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{5}(-[2-9A-HJKMNP-Z]{5}){3}$/);
    expect(isActivationCode(code)).toBe(true);
  }
});

test('every single wrong character and every two swapped neighbours are noticed', () => {
  const code = normaliseActivationCode(generateActivationCode());
  for (let index = 0; index < code.length; index += 1) {
    for (const other of '23456789ABCDEFGHJKMNPQRSTUVWXYZ') {
      const wrong = code.slice(0, index) + other + code.slice(index + 1);
      expect(isActivationCode(wrong)).toBe(other === code[index]);
    }
    const swapped = code.slice(0, index) + (code[index + 1] ?? '') + code[index] + code.slice(index + 2);
    expect(isActivationCode(swapped)).toBe(swapped === code);
  }
});

test('case, spaces and hyphens of any kind do not count', () => {
  const code = '7kq2m-xw9pd-4htrb-ycv6n';
  const typed = ' 7KQ2M xw9pd\u20134HTRB\u00a0YCV6N\n';
  expect(normaliseActivationCode(typed)).toBe('7KQ2MXW9PD4HTRBYCV6N');
  expect(digestActivationCode(typed, key)).toBe(digestActivationCode(code, key));
  expect(lastFour(typed)).toBe('CV6N');
});

test('the digest needs the key', () => {
  const digest = digestActivationCode('ABC', key);
  expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(digest).not.toBe(digestActivationCode('ABC', new Uint8Array(32)));
  expect(() => digestActivationCode('ABC', new Uint8Array(8))).toThrow(RangeError);
});
