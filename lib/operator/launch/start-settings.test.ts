import { describe, expect, test } from 'vitest';
import { readStartSettings } from './start-settings';

const NODE_ENV = 'test';
const DATABASE_URL = 'postgres://airgate:secret@db.example:5432/airgate';

const read = (environment: Record<string, string>) => readStartSettings({ NODE_ENV, ...environment });

describe('the address that the portal listens on', () => {
  test.each([
    [{}, null],
    [{ HOST: '' }, null],
    [{ TRUST_PROXY: 'false' }, null],
    [{ TRUST_PROXY: '0' }, null],
    [{ TRUST_PROXY: 'true' }, '127.0.0.1'],
    [{ TRUST_PROXY: '2' }, '127.0.0.1'],
    [{ TRUST_PROXY: '1', HOST: '0.0.0.0' }, '0.0.0.0'],
    [{ TRUST_PROXY: '1', HOST: '::' }, '::'],
    [{ HOST: ' 127.0.0.1 ' }, '127.0.0.1'],
    [{ HOST: '::1' }, '::1'],
    [{ HOST: 'localhost' }, 'localhost'],
    [{ HOST: 'portal.internal' }, 'portal.internal'],
  ])('of %j is %j', (environment, host) => {
    expect(read(environment).host).toBe(host);
  });

  test.each(['127.0.0.1:3000', '[::1]', '*', 'http://localhost', 'a b', '-a', 'a..b', 'fe80::1%eth0', '/tmp/socket', ':::'])(
    'is refused by name where it is %s',
    (HOST) => {
      expect(() => read({ HOST })).toThrow(`HOST: expected an address of this machine to listen on`);
    },
  );

  test.each(['yes', '1.5', '-1', 'on', '1e2', '127.0.0.1'])('proxies are counted, not %s', (TRUST_PROXY) => {
    expect(() => read({ TRUST_PROXY })).toThrow(`TRUST_PROXY: expected how many proxies of yours stand in front`);
  });
});

describe('the address that people reach the portal at', () => {
  test.each([
    [{}, 'http://localhost:3000'],
    [{ PORT: '4000', HOST: '0.0.0.0' }, 'http://localhost:4000'],
    [{ HOST: '::1' }, 'http://localhost:3000'],
    [{ HOST: '192.0.2.7' }, 'http://192.0.2.7:3000'],
    [{ HOST: '2001:db8::1' }, 'http://[2001:db8::1]:3000'],
    [{ NEXTAUTH_URL: 'https://portal.example.com', HOST: '192.0.2.7' }, 'https://portal.example.com'],
  ])('of %j is %s', (environment, url) => {
    expect(read(environment).url).toBe(url);
  });

  test.each(['portal.example.com', 'ftp://portal.example.com', 'https://'])(
    'is refused by name where it is %s',
    (NEXTAUTH_URL) => {
      expect(() => read({ NEXTAUTH_URL })).toThrow('NEXTAUTH_URL: expected where people reach the portal');
    },
  );
});

describe('demo data', () => {
  const https = { NEXTAUTH_URL: 'https://portal.example.com' };
  const smtp = { SMTP_URL: 'smtp://mail.example.com' };

  test.each([
    [{}, 'until-own'],
    [{ AIRGATE_DEMO: '' }, 'until-own'],
    [{ AIRGATE_DEMO: 'on' }, 'on'],
    [{ AIRGATE_DEMO: 'off' }, 'off'],
    [{ DATABASE_URL }, 'off'],
    [smtp, 'until-own'],
    [https, 'off'],
    [{ NEXTAUTH_URL: 'http://localhost:3000' }, 'until-own'],
    [{ AIRGATE_DEMO: 'on', DATABASE_URL, ...smtp, ...https }, 'on'],
    [{ AIRGATE_DEMO: 'off', DATABASE_URL }, 'off'],
  ])('with %j is wanted: %s', (environment, wanted) => {
    expect(read(environment).demo.wanted).toBe(wanted);
  });

  test.each(['false', 'true', '0', '1', 'OFF', 'On', 'no', 'yes', ' off', 'none'])('is on or off, and not %j', (AIRGATE_DEMO) => {
    expect(() => read({ AIRGATE_DEMO })).toThrow(
      `AIRGATE_DEMO: expected on or off, found "${AIRGATE_DEMO}". Say off for a database of your own, on for the demo.`,
    );
  });

  test.each([
    [{ DATABASE_URL }, 'DATABASE_URL is set'],
    [smtp, null],
    [https, 'NEXTAUTH_URL begins with https://'],
    [{ NEXTAUTH_URL: 'HTTPS://portal.example.com' }, 'NEXTAUTH_URL begins with https://'],
    [{ AIRGATE_DEMO: 'off' }, null],
    [{ ...smtp, ...https, DATABASE_URL, AIRGATE_DEMO: 'on' }, null],
  ])('with %j is kept from use for real because: %j', (environment, usedForReal) => {
    expect(read(environment).demo.usedForReal).toBe(usedForReal);
  });
});
