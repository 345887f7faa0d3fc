import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NAMES_READ, readSettings } from './settings';
import { SettingsError } from './settings-error';
import { VARIABLES } from './variables';

const DATABASE_URL = 'postgres://airgate:secret@db.example:5432/airgate';

const read = (environment: Record<string, string>) => readSettings(environment);

/** The problems that a start would report, each on a line. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('variables', () => {
  test('that are read are described, and the table in README.md describes them', () => {
    const internal = ['AIRGATE_URL_ASSUMED', 'INIT_CWD', 'npm_lifecycle_event'];
    const ofTests = ['CHROMIUM_PATH'];
    const described = VARIABLES.map(({ name }) => name);
    expect([...described].sort()).toEqual([...NAMES_READ.filter((name) => !internal.includes(name)), ...ofTests].sort());
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const rows = VARIABLES.map(({ name, otherwise, means }) => `| \`${name}\` | ${otherwise} | ${means} |`).join('\n');
    expect(readme).toContain(`| variable | default | means |\n|---|---|---|\n${rows}\n\n`);
  });

  test('without any the portal is on port 3000, with data and database of its own', () => {
    expect(read({})).toMatchObject({ dataDir: null, port: 3000, host: null, database: null, filesKeptDays: 400, smtpUrl: null });
  });

  test('that are empty count as not set, and blanks around a value mean nothing', () => {
    expect(read({ PORT: '', DATABASE_URL: ' ', SMTP_URL: '' })).toMatchObject({ port: 3000, database: null, smtpUrl: null });
    expect(read({ PORT: ' 4000\n' }).port).toBe(4000);
  });

  test('that are wrong are reported together, each by its name', () => {
    const problems = problemsOf({ PORT: 'http', TRUST_PROXY: 'yes', NEXTAUTH_URL: 'portal.example.com', SMTP_URL: 'mail' });
    expect(problems.map((line) => line.split(':')[0]).sort()).toEqual(['NEXTAUTH_URL', 'PORT', 'SMTP_URL', 'TRUST_PROXY']);
  });

  test('with secrets in them are refused without saying the secret', () => {
    const secret = 'pa55word';
    const wrong = {
      DATABASE_URL: `postgres://airgate:${secret}#x@db.example/airgate`,
      MIGRATION_DATABASE_URL: `postgres://airgate:${secret}@db.example:port/airgate`,
      SMTP_URL: `smtps://user:${secret}#x@mail.example.com`,
      AIRGATE_MASTER_KEY: secret,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret,
      NEXTAUTH_URL: `ftp://user:${secret}@portal.example.com`,
    };
    const problems = problemsOf(wrong);
    expect(problems).toHaveLength(Object.keys(wrong).length);
    expect(problems.join('\n')).not.toContain(secret);
  });
});

describe('numbers and yes or no', () => {
  test.each(['0', '65536', 'http', '30.5', '-1', '0x10', '1e3'])('the port %s is refused by name', (PORT) => {
    expect(() => read({ PORT })).toThrow(`PORT: expected a number from 1 to 65535, found "${PORT}"`);
  });

  test.each(['0', 'many', '2.5'])('a pool of %s connections is refused by name', (DATABASE_CONNECTIONS) => {
    expect(() => read({ DATABASE_CONNECTIONS })).toThrow('DATABASE_CONNECTIONS: expected a number from 1 to 1000');
  });

  test.each(['0', 'forever', '1.5'])('%s days that files are kept are refused by name', (FILES_KEPT_DAYS) => {
    expect(() => read({ FILES_KEPT_DAYS })).toThrow('FILES_KEPT_DAYS: expected a number from 1 to 36500');
  });

  test.each([
    ...['true', 'True', 'YES', 'on', '1'].map((text) => [text, true] as const),
    ...['false', 'False', 'FALSE', 'no', 'Off', '0'].map((text) => [text, false] as const),
  ])('statements are prepared with %s: %s', (DATABASE_PREPARE, prepare) => {
    expect(read({ DATABASE_PREPARE }).databasePrepare).toBe(prepare);
  });

  test.each(['nein', '2', 'never'])('%s is neither yes nor no', (DATABASE_PREPARE) => {
    expect(() => read({ DATABASE_PREPARE })).toThrow(
      'DATABASE_PREPARE: expected true, yes, on or 1, or else false, no, off or 0',
    );
  });
});

describe('the data folder', () => {
  test.each(['~/data', '~', '$HOME/data'])('is refused where no shell replaced what stands for it: %s', (DATA_DIR) => {
    expect(() => read({ DATA_DIR })).toThrow(/^DATA_DIR: expected a folder, .* The shell did not replace/);
  });
});

describe('addresses of databases', () => {
  test('a portal that runs as the owner of its tables has one address', () => {
    expect(read({ DATABASE_URL }).database).toEqual({ appUrl: DATABASE_URL, ownerUrl: DATABASE_URL });
  });

  test.each([
    'postgres://app%2Done:secret@one:5432,two:5432/airgate',
    'postgresql://owner@db.example/airgate',
    'postgres://owner:p%23w@db.example/airgate?sslmode=require&application_name=airgate',
    'postgres://owner:p@db.example?sslmode=disable',
  ])('%s is taken', (url) => {
    expect(read({ DATABASE_URL, MIGRATION_DATABASE_URL: url }).database?.ownerUrl).toBe(url);
  });

  test.each([
    ['postgres://db.example/airgate', 'found no role in it'],
    ['mysql://a:b@db.example/airgate', 'does not begin with postgres://'],
    ['postgres://a:p#w@db.example/airgate', 'write # as %23'],
    ['postgres://a:p@w@db.example/airgate', '@ as %40'],
    ['postgres://a:p/w@db.example/airgate', '/ as %2F'],
    ['postgres://a:100%@db.example/airgate', 'written as %25'],
    ['postgres://a:b@db.example:99999/airgate', 'expected a host name'],
    ['postgres://a:b@[::1]:5432/airgate', 'expected a host name'],
    ['postgres://a:b@db.example/airgate?schema=public', 'expected no parameter "schema"'],
    ['postgres://a:b@db.example/airgate?pgbouncer=true', 'DATABASE_PREPARE=false'],
    ['postgres://a:b@db.example/airgate?channel_binding=require', 'Leave it out'],
    ['postgres://a:b@db.example/airgate?something=1', 'Leave it out; known are sslmode'],
    ['postgres://a:b@db.example/airgate?sslmode=no-verify', 'expected sslmode to be one of disable'],
  ])('%s is refused by name', (url, words) => {
    expect(problemsOf({ DATABASE_URL: url })).toEqual([expect.stringMatching(/^DATABASE_URL: expected /)]);
    expect(problemsOf({ DATABASE_URL: url })[0]).toContain(words);
  });

  test('an owner without a database to own is refused', () => {
    expect(() => read({ MIGRATION_DATABASE_URL: DATABASE_URL })).toThrow(
      'MIGRATION_DATABASE_URL: expected DATABASE_URL beside it',
    );
  });
});

describe('mail', () => {
  test.each([
    'smtp://mail.example.com',
    'smtps://user:password@mail.example.com:465',
    'smtp://licences%40example.com:p%23%40%2F@mail.example.com:587/?tls.rejectUnauthorized=false',
    'smtp://127.0.0.1:2525',
  ])('goes to %s', (SMTP_URL) => {
    expect(read({ SMTP_URL }).smtpUrl).toBe(SMTP_URL);
  });

  test.each([
    'mail.example.com',
    'smtp:mail.example.com',
    'smtps://user:p#w@mail.example.com',
    'smtps://user:1#w@mail.example.com',
    'smtps://user:1/w@mail.example.com',
    'smtps://user:1?w@mail.example.com',
    'smtps://user:100%@mail.example.com',
    'smtp://mail.example.com:99999',
    'smtp://',
    'smtp://mail.example.com?verbose=1',
  ])('is refused by name where the server is %s', (SMTP_URL) => {
    expect(problemsOf({ SMTP_URL })).toEqual([expect.stringMatching(/^SMTP_URL: expected /)]);
  });

  test.each(['#', '/', '?'])('says how %s is written in a password', (sign) => {
    expect(problemsOf({ SMTP_URL: `smtps://user:p${sign}w@mail.example.com` })[0]).toContain(
      'write # as %23, @ as %40, / as %2F',
    );
  });

  test.each(['licences@example.com', 'Example <licences@example.com>'])('comes from %s', (MAIL_FROM) => {
    expect(read({ MAIL_FROM }).mailFrom).toBe(MAIL_FROM);
  });

  test.each(['licences', 'a@b, c@d', 'Example <licences>'])('comes from nobody called %s', (MAIL_FROM) => {
    expect(() => read({ MAIL_FROM })).toThrow('MAIL_FROM: expected one address');
  });
});

describe('secrets', () => {
  test.each(['too short', 'A'.repeat(42), '0'.repeat(63)])('a master key is 32 bytes, and not %s', (AIRGATE_MASTER_KEY) => {
    expect(() => read({ AIRGATE_MASTER_KEY })).toThrow('AIRGATE_MASTER_KEY: expected a master key of 32 bytes');
  });

  test.each(['short', 'AAAA', 'not base64!'])('the key of actions is not %s', (NEXT_SERVER_ACTIONS_ENCRYPTION_KEY) => {
    expect(() => read({ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY })).toThrow('Make one with: openssl rand -base64 32');
  });
});

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
    [{ NEXTAUTH_URL: 'HTTPS://Portal.example.com:443/' }, 'https://portal.example.com'],
    [{ NEXTAUTH_URL: 'http://portal.example.com:8080' }, 'http://portal.example.com:8080'],
  ])('of %j is %s', (environment, url) => {
    expect(read(environment).url).toBe(url);
  });

  test('is known to be assumed where nobody said it', () => {
    expect(read({}).isUrlAssumed).toBe(true);
    expect(read({ NEXTAUTH_URL: 'http://localhost:3000' }).isUrlAssumed).toBe(false);
  });

  test.each([
    ['portal.example.com', 'Write https:// or http:// before it.'],
    ['portal.example.com:8443', 'Write https:// or http:// before it.'],
    ['https://portal.example.com/licences', 'it cannot be reached below a path'],
    ['https://portal.example.com/?a=b', 'End it after the host name.'],
    ['https://portal.example.com/#a', 'End it after the host name.'],
    ['https://user:secret@portal.example.com', 'found one with a user name in it'],
  ])('is refused where it is %s, and says: %s', (NEXTAUTH_URL, words) => {
    expect(() => read({ NEXTAUTH_URL })).toThrow(words);
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
