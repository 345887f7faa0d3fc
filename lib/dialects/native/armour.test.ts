import fc from 'fast-check';
import { base64url } from 'jose';
import { expect, test } from 'vitest';
import { DialectError } from '../dialect';
import { readArmour, squeeze, writeArmour } from './armour';
import { fileNameFor } from './file-name';

const headers = ['Format: 1', 'Device: Press line 7', 'Product: motion-studio', 'Created: 2026-09-21T14:13:20Z'];
const segment = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => base64url.encode(bytes));
const token = fc
  .tuple(segment, segment, segment, segment)
  .map(([header, iv, text, tag]) => `eyJ9${header}..${iv}.${text}.${tag}`.slice(4));
const kind = fc.constantFrom(
  'activation-request' as const,
  'activation-response' as const,
  'refresh' as const,
  'deactivation' as const,
);

test('what is written is read again', () => {
  fc.assert(
    fc.property(kind, token, (ofKind, sample) => {
      const read = readArmour(writeArmour({ kind: ofKind, headers, token: sample }));
      expect(read).toEqual({ kind: ofKind, headerText: headers.map(squeeze).join(''), token: sample });
    }),
  );
});

test('white space anywhere, quoting of lines and text around say nothing', () => {
  const space = fc.constantFrom(' ', '\n', '\r\n', '\t', '\n> ', '\n>> > ', '\u00a0');
  const around = fc.string({ unit: fc.constantFrom('a', '9', ' ', '\n', '.', '-') }).filter((text) => !text.includes('-----'));
  fc.assert(
    fc.property(token, fc.array(fc.tuple(fc.nat(), space), { maxLength: 20 }), around, (sample, spaces, text) => {
      const written = writeArmour({ kind: 'refresh', headers, token: sample });
      let moved = written;
      for (const [position, inserted] of spaces) {
        const at = position % (moved.length + 1);
        moved = moved.slice(0, at) + inserted + moved.slice(at);
      }
      expect(readArmour(`${text}\n${moved}\n${text}`)).toEqual(readArmour(written));
    }),
  );
});

test('arbitrary text is read or refused, never a fault', () => {
  const pieces = [
    '-----BEGIN REFRESH-----',
    '-----END REFRESH-----',
    '-----BEGIN ',
    'Created: 2026-09-21T14:13:20Z',
    'eyJ',
    '.',
    'AAAA',
    '> ',
    '\n',
    '-',
    '=',
    'é',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 12 }), (parts) => {
      try {
        readArmour(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(DialectError);
      }
    }),
    { numRuns: 1000 },
  );
});

test('reading ends, also for hostile text', () => {
  // So long that time in proportion to the square of it is hours.
  for (const piece of ['-', '> ', ' ', '\n', '-----BEGIN ', 'Created:2026-']) {
    const text = piece.repeat(2 ** 20 / piece.length);
    expect(() => readArmour(text)).toThrow(DialectError);
  }
});

test.each([
  ['Press line 7', 'Press line 7.refresh'],
  ['../../etc/passwd', 'etc-passwd.refresh'],
  ['C:\\Windows\\nul', 'C-Windows-nul.refresh'],
  ['.hidden', 'hidden.refresh'],
  ['CON', 'device-CON.refresh'],
  ['lpt1.txt', 'lpt1_txt.refresh'],
  ['a\u0000b\u202Egnp\n', 'a-b-gnp.refresh'],
  ['Prüfstand 第3号機', 'Prüfstand 第3号機.refresh'],
  ['   ', 'device.refresh'],
  ['x'.repeat(500), `${'x'.repeat(120)}.refresh`],
  ['第'.repeat(100), `${'第'.repeat(40)}.refresh`],
  ['trailing. ', 'trailing.refresh'],
])('the file for the device %j is named %s', (name, expected) => {
  expect(fileNameFor(name, 'refresh')).toBe(expected);
});
