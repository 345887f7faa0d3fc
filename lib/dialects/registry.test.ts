import { expect, test } from 'vitest';
import { DialectError } from './dialect';
import { dialectNamed, dialectOf } from './registry';

function file(text: string) {
  return { name: null, bytes: new TextEncoder().encode(text) };
}

test('a dialect is found by a look at the file, and by its name', () => {
  expect(dialectOf(file('-----BEGIN ACTIVATION REQUEST-----')).id).toBe('native');
  expect(dialectOf(file('eyJhbGciOi.AAAA')).id).toBe('native');
  expect(dialectNamed('native').id).toBe('native');
  expect(() => dialectNamed('klingon')).toThrow('expected the name of a dialect, found "klingon"');
});

test.each([
  ['', 'file-empty'],
  ['hello', 'file-not-recognised'],
  ['\0', 'file-not-text'],
  ['A'.repeat(65_537), 'file-too-large'],
])('no dialect: %#', (text, code) => {
  expect(() => dialectOf(file(text))).toThrow(DialectError);
  expect(() => dialectOf(file(text))).toThrow(code);
});
