import { expect, test } from 'vitest';
import { clientAddress } from './client-address';

test.each([
  ['192.0.2.7', 0, '192.0.2.7'],
  ['::ffff:192.0.2.7', 0, '192.0.2.7'],
  ['203.0.113.9, 192.0.2.7', 1, '192.0.2.7'],
  ['203.0.113.9, 192.0.2.7, 10.0.0.1', 2, '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', 0, '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', 0, '2001:db8:1:2::/64'],
  ['2001:db8::1', 0, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 0, 'fe80:0:0:0::/64'],
  ['::1', 0, '0:0:0:0::/64'],
  [null, 0, 'unknown'],
  ['', 1, 'unknown'],
  ['192.0.2.7', 2, 'unknown'],
])('takes %j behind %i proxies for %s', (header, proxies, expected) => {
  expect(clientAddress(header, proxies)).toBe(expected);
});
