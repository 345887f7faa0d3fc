import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAddress } from './client-address';

test.each([
  ['192.0.2.7', 0, '192.0.2.7'],
  ['203.0.113.9, 192.0.2.7', 1, '192.0.2.7'],
  ['203.0.113.9,192.0.2.7 ,\t10.0.0.1', 2, '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', 0, '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', 0, '2001:db8:1:2::/64'],
  ['2001:db8::1', 0, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 0, 'fe80:0:0:0::/64'],
  ['::1', 0, '0:0:0:0::/64'],
  ['64:ff9b::203.0.113.9', 0, '64:ff9b:0:0::/64'],
  [null, 0, 'unknown'],
  ['', 1, 'unknown'],
  ['192.0.2.7', 2, 'unknown'],
])('takes %j behind %i proxies for %s', (header, proxies, expected) => {
  expect(clientAddress(header, proxies)).toBe(expected);
});

describe('one client is counted as one, however a proxy spells it', () => {
  test.each([
    '203.0.113.9',
    ' 203.0.113.9 ',
    '203.0.113.9:51234',
    '203.0.113.9:',
    '"203.0.113.9"',
    '"203.0.113.9:51234"',
    '[203.0.113.9]',
    '::ffff:203.0.113.9',
    '::FFFF:203.0.113.9',
    '::ffff:203.0.113.9:51234',
    '[::ffff:203.0.113.9]:51234',
    '"[::ffff:203.0.113.9]:51234"',
    '::ffff:cb00:7109',
    '0:0:0:0:0:ffff:cb00:7109',
    '0000:0000:0000:0000:0000:FFFF:203.0.113.9',
    '::ffff:203.0.113.9%eth0',
  ])('the IPv4 client %s', (entry) => {
    expect(clientAddress(entry, 1)).toBe('203.0.113.9');
    expect(clientAddress(`192.0.2.1, ${entry}`, 1)).toBe('203.0.113.9');
    expect(clientAddress(`${entry}, 10.0.0.1`, 2)).toBe('203.0.113.9');
  });

  test.each([
    '2001:db8::1',
    '2001:DB8::1',
    '2001:0db8:0000:0000::0001',
    '2001:db8:0:0:ffff::9',
    '[2001:db8::1]',
    '[2001:db8::1]:443',
    '"[2001:db8::1]:443"',
    '"[2001:DB8::1%25eth0]:443"',
    '[2001:db8::1%2]:443',
    '2001:db8::192.0.2.7',
  ])('the IPv6 client %s', (entry) => {
    expect(clientAddress(entry, 1)).toBe('2001:db8:0:0::/64');
  });

  test('every IPv4 address, in every spelling', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(65_535), (address, port) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
        const hex = `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
        const mapped = `::ffff:${address}`;
        const spellings = [`${address}:${port}`, `"${address}:${port}"`, mapped, `[${mapped}]:${port}`, hex, hex.toUpperCase()];
        for (const spelling of spellings) expect(clientAddress(spelling, 1)).toBe(address);
      }),
    );
  });

  test('every IPv6 address, with a port or without', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(65_535), (address, port) => {
        const plain = clientAddress(address, 1);
        for (const spelling of [`[${address}]`, `"[${address}]:${port}"`, address.toUpperCase(), `${address}%eth0`]) {
          expect(clientAddress(spelling, 1)).toBe(plain);
        }
        expect(isIPv4(plain) || /^([0-9a-f]{1,4}:){4}:\/64$/.test(plain)).toBe(true);
      }),
    );
  });
});

test('what is no address is counted with the unknown, and never throws', () => {
  const garbage = [
    'unknown',
    '_hidden',
    '203.0.113',
    '203.0.113.256',
    '203.000.113.009',
    '[::1',
    '::1]',
    '[]',
    '""',
    '%',
    ':1',
    'x'.repeat(9000),
  ];
  for (const entry of garbage) expect(clientAddress(entry, 1), entry).toBe('unknown');
  const sign = fc.constantFrom(
    '[',
    ']',
    '"',
    ':',
    '::',
    '.',
    '%',
    ',',
    ' ',
    '0',
    '9',
    'f',
    'ffff',
    '203.0.113.9',
    '2001:db8::1',
    '/',
    '@',
    '#',
    '\\',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(sign, { maxLength: 12 }).map((signs) => signs.join('')),
      ),
      fc.nat(3),
      (header, proxies) => {
        const address = clientAddress(header, proxies);
        expect(address === 'unknown' || isIPv4(address) || address.endsWith('::/64'), header).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});
