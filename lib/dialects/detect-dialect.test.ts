import { expect, test } from 'vitest';
import { checksOf, detectDialect, maskedText } from './detect-dialect';
import { DialectError } from './dialect';
import { DIALECTS } from './formats';
import type { GoodText } from './keygen/testing/read-vectors';
import { readVectors } from './keygen/testing/read-vectors';
import { readGoodVectors } from './licensespring/testing/read-vectors';
import { bytesOf } from './licensespring/testing/vector';

const dialects = Object.values(DIALECTS);

function file(text: string) {
  return { name: null, bytes: new TextEncoder().encode(text) };
}

test('what a device page for Keygen shows, and licence keys of every scheme, are of that dialect', () => {
  const good = ['licence-keys', 'device-texts'].flatMap((name) => readVectors<{ good: GoodText[] }>(name).good);
  for (const { name, text } of good) expect(detectDialect(dialects, file(text)).id, name).toBe('keygen');
});

test('a dialect is found by a look at the file', () => {
  expect(detectDialect(dialects, file('-----BEGIN ACTIVATION REQUEST-----')).id).toBe('native');
  expect(detectDialect(dialects, file('eyJhbGciOi.AAAA')).id).toBe('native');
});

test.each([
  ['', 'file-empty'],
  ['hello', 'file-not-recognised'],
  ['\0', 'file-not-text'],
  ['A'.repeat(65_537), 'file-too-large'],
])('no dialect: %#', (text, code) => {
  expect(() => detectDialect(dialects, file(text))).toThrow(DialectError);
  expect(() => detectDialect(dialects, file(text))).toThrow(code);
});

test('a file that is too large is of no dialect, also when it begins well', () => {
  const [good = ''] = readGoodVectors().map((vector) => new TextDecoder().decode(bytesOf(vector)));
  expect(maskedText(dialects, file(good))).not.toBeNull();
  const large = file(good + ' '.repeat(64 * 1024));
  expect(maskedText(dialects, large)).toBeNull();
  expect(checksOf(dialects, large)).toEqual(checksOf(dialects, file('hello')));
});
