import { createHmac, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { runOperator } from './run-operator';

/** Requests are made and answers checked here with nothing but what the command line prints. */
describe('licences of the LicenseSpring dialect on the command line', () => {
  let database: TestDatabase;
  let folder: string;
  const before = { ...process.env };
  const path = (name: string) => join(folder, name);
  const json = async (line: string, ...more: string[]) =>
    JSON.parse((await runOperator([...line.split(' '), ...more, '--json'])).stdout);

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'airgate-licensespring-'));
    process.env.DATA_DIR = path('data');
    process.env.DATABASE_URL = database.url;
    process.env.MIGRATION_DATABASE_URL = database.ownerUrl;
    await json('vendor init --support licences@example.com --root-key-out', path('root.jwk'), '--name', 'Kestrel');
    await json('user create --role support --email support@example.com --name', 'Support');
    await json('licensespring issuer create --company-id 77');
  });
  afterAll(async () => {
    process.env = before;
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Issuer {
    readonly api_key: string;
    readonly shared_key: string;
    readonly public_key_pem: string;
  }
  const issuerOf = (): Promise<Issuer> => json('licensespring issuer show');

  let writtenAt = Date.now();

  /** Writes a request, a second later than the one before. */
  async function writeRequest(name: string, { version, ...more }: { version: 1 | 2 } & Record<string, unknown>): Promise<string> {
    const { api_key, shared_key } = await issuerOf();
    const sign = (text: string) => createHmac('sha256', shared_key).update(text);
    writtenAt += 1000;
    const [date, hardware_id] = [new Date(writtenAt).toUTCString(), 'AA-01'];
    const text = `licenseSpring\ndate: ${date}\n${more.license_key}\n${hardware_id}\n${api_key}`;
    const members = { date, hardware_id, api_key, product: 'BRANDNEW', signature: sign(text).digest('base64'), ...more };
    const request = { ...members, schema_version: 2 };
    const content = version === 1 ? members : { request, signature: sign(JSON.stringify(request)).digest('hex') };
    writeFileSync(path(name), Buffer.from(JSON.stringify(content)).toString('base64'));
    return path(name);
  }

  it('prints exactly what an application is built with', async () => {
    const issuer = await issuerOf();
    expect(Object.keys(issuer)).toEqual(['api_key', 'shared_key', 'client_id', 'client_secret', 'public_key_pem', 'company_id']);
    expect(issuer).toMatchObject({ company_id: 77, public_key_pem: expect.stringContaining('BEGIN PUBLIC KEY') });
  });

  it('makes the issuer once, and never writes over its keys', async () => {
    const first = await issuerOf();
    expect(await json('licensespring issuer create')).toMatchObject({ ok: false, code: 'licensespring-issuer-exists' });
    expect(await issuerOf()).toEqual(first);
  });

  it('sells a licence of a product that is new, and answers its files', async () => {
    const licence = await json('licensespring licence create --product BRANDNEW --type perpetual --max-activations 2');
    expect(licence).toMatchObject({ ok: true, product_created: true, license_key: expect.any(String), id: expect.any(Number) });
    const again = await json('licensespring licence create --product BRANDNEW --type perpetual --max-activations 2');
    expect(again).toMatchObject({ product_created: false, customer: licence.customer });

    const request = await writeRequest('ls_activation.req', {
      version: 2,
      license_key: licence.license_key,
      request: 'activation',
    });
    const answered = await json('exchange --as support@example.com --out', folder, request);
    expect(answered).toMatchObject({
      ok: true,
      files: [{ kind: 'activation', seatsAfter: 1, answer: path('ls_activation.lic') }],
    });
    const content = JSON.parse(Buffer.from(readFileSync(path('ls_activation.lic'), 'utf8'), 'base64').toString());
    const { license_signature, license_signature_v2, ...signed } = content;
    const { public_key_pem, api_key, shared_key } = await issuerOf();
    const isSigned = (text: string, signature: string) =>
      verify('sha256', Buffer.from(text), public_key_pem, Buffer.from(signature, 'base64'));
    expect(isSigned(`aa-01#${licence.license_key}#`.toLowerCase(), license_signature)).toBe(true);
    expect(isSigned(JSON.stringify(signed), license_signature_v2)).toBe(true);
    const offline = `licenseSpring\ndate: ${content.date}\n${licence.license_key}\nAA-01\n${api_key}`;
    expect(content.offline_signature).toBe(createHmac('sha256', shared_key).update(offline).digest('base64'));
    expect(content).toMatchObject({ id: licence.id, validity_period: null, times_activated: 1, company: { id: 77 } });
  });

  it('asks what a file was written for when neither file nor name says, and takes the answer', async () => {
    const sold = await runOperator(
      'licensespring licence create --product OLDER --type perpetual --max-activations 1 --json'.split(' '),
    );
    const { license_key } = JSON.parse(sold.stdout);
    const of = { version: 1, license_key, product: 'OLDER' } as const;
    const request = await writeRequest('from-the-press.txt', of);
    const ask = (...more: string[]) => json('exchange --as support@example.com --out', folder, request, ...more);
    expect(await ask('--kind', 'activation')).toMatchObject({ ok: false, files: [{ code: 'file-schema-too-old' }] });
    const chosen = await runOperator('licensespring product set OLDER --schema 1'.split(' '));
    expect(chosen.stdout).toContain('free the seat of a machine that runs on');

    expect(await ask()).toMatchObject({ ok: false, files: [{ code: 'file-kind-unclear' }] });
    expect(await ask('--kind', 'deactivation')).toMatchObject({ files: [{ code: 'activation-unknown' }] });
    expect(await ask('--kind', 'activation')).toMatchObject({ ok: true, files: [{ kind: 'activation', seatsAfter: 1 }] });
    // What took the seat does not free it.
    expect(await ask('--kind', 'deactivation')).toMatchObject({ ok: false, files: [{ code: 'request-id-reused' }] });
    const later = await writeRequest('later.txt', of);
    const back = json('exchange --as support@example.com --out', folder, later, '--kind', 'deactivation');
    expect(await back).toMatchObject({ ok: true, files: [{ kind: 'deactivation', seatsAfter: 0 }] });
    const strict = await runOperator('licensespring product set OLDER --schema 2'.split(' '));
    expect(strict.stdout).not.toContain('version 1');
    const wrong = await runOperator(['exchange', request, '--as', 'support@example.com', '--out', folder, '--kind', 'both']);
    expect(wrong).toMatchObject({ exitStatus: 2, stderr: expect.stringContaining('expected activation or deactivation') });
  });

  it('sells to users, and lists what was sold without telling keys and passwords', async () => {
    const sold = await json(
      'licensespring licence create --product BRANDNEW --type time-limited --max-activations 3 --valid-until 2090-01-01 --user ann@example.com --password',
      'correct horse',
    );
    expect(sold).toMatchObject({ username: 'ann@example.com', password: 'correct horse' });
    expect(sold).not.toHaveProperty('license_key');
    const listed = await json('licensespring licence list --product BRANDNEW');
    expect(listed.rows[0]).toMatchObject({ id: sold.id, username: 'ann@example.com', licenceType: 'time-limited' });
    expect(JSON.stringify(listed)).not.toContain('correct horse');
    expect(await json('licensespring client list')).toMatchObject({ rows: [{ kind: 'api-key' }, { kind: 'oauth' }] });
    expect(JSON.stringify(await json('licensespring client list'))).not.toContain((await issuerOf()).shared_key);
  });

  it.each([
    ['perpetual --max-activations 1 --valid-until 2090-01-01', 'a perpetual licence has no end'],
    ['perpetual --max-activations 1 --max-consumptions 5', 'only a consumption licence has them'],
    ['perpetual --trial --max-activations 1 --grace-hours 5', 'a trial has no grace period'],
    ['time-limited --max-activations 1 --valid-from 2090-01-01 --valid-until 2080-01-01', 'expected an end after the start'],
    ['perpetual --max-activations 1 --feature a --feature a', 'one of them is named twice'],
    ['forever --max-activations 1', 'type'],
    ['perpetual --max-activations 1 --customer nobody', 'nobody'],
  ])('refuses a licence that cannot be: %s', async (line, problem) => {
    const refused = await json(`licensespring licence create --product BRANDNEW --type ${line}`);
    expect(refused).toMatchObject({ ok: false });
    expect(JSON.stringify(refused)).toContain(problem);
  });
});
