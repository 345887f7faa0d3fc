import { createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { deviceText, openEncrypted } from '@/lib/operations/testing/keygen';
import { runOperator } from './run-operator';

let database: TestDatabase;
let folder: string;
let files = 0;
const before = { ...process.env };
const path = (name: string) => join(folder, name);
const run = (line: string, ...more: string[]) => runOperator([...line.split(' '), ...more]);
const json = async (line: string, ...more: string[]) => JSON.parse((await run(`${line} --json`, ...more)).stdout);

/** Runs `keygen issue` into a new file. Answers what was said, and the file. */
async function issue(words: string) {
  files += 1;
  const file = path(`issued-${files}`);
  const outcome = await run(`keygen issue ${words} --out ${file} --json`);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : null;
  return { status: outcome.exitStatus, said: JSON.parse(outcome.stdout), text };
}

const sell = async (offering: string, seats = 2): Promise<{ id: string; licenceKey: string | null }> =>
  json(`entitlement create --customer hallmann --offering ${offering} --seats ${seats}`);

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'airgate-keygen-'));
  process.env.DATA_DIR = path('data');
  process.env.DATABASE_URL = database.url;
  process.env.MIGRATION_DATABASE_URL = database.ownerUrl;
  await run(`vendor init --name Kestrel --support licences@example.com --root-key-out ${path('root.jwk')}`);
  await run('product create --code press-control --name Press');
  const offering =
    'offering create --product press-control --edition Pro --plan time-limited --start on-creation --term P1Y --lease P90D';
  await run(`${offering} --code plain --dialects native,keygen`);
  await run(
    `${offering} --code signed --keygen-scheme RSA_2048_PKCS1_PSS_SIGN_V2 --keygen-overage 1.5x --keygen-ttl 7200 --keygen-proofs on`,
  );
  await run('customer create --code hallmann --name Hallmann');
});
afterAll(async () => {
  process.env = before;
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('keys for software built for Keygen', () => {
  it('are missing at first, made once, and rotated under the same account', async () => {
    expect(await json('keygen public')).toMatchObject({ ok: false, code: 'keygen-keys-missing' });
    expect(await json('keygen keys rotate')).toMatchObject({ ok: false, code: 'keygen-keys-missing' });
    expect(await json('entitlement create --customer hallmann --offering signed --seats 1')).toMatchObject({
      code: 'keygen-keys-missing',
    });
    const { account } = await json('keygen keys create');
    expect(await json('keygen keys create')).toMatchObject({ ok: false, code: 'keygen-keys-exist' });
    const first = await json('keygen public');
    expect(first).toMatchObject({ ok: true, account, ed25519Hex: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(first.rsaPem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(first.ecPem).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(
      createPublicKey({ key: Buffer.from(first.ed25519DerB64, 'base64'), format: 'der', type: 'spki' }).asymmetricKeyType,
    ).toBe('ed25519');
    const { ok: _, ...exported } = await json('vendor export --dialect keygen');
    expect({ ok: true, ...exported }).toEqual(first);

    const { id } = await sell('plain');
    const old = await issue(`key --entitlement ${id}`);
    expect(await json('keygen keys rotate')).toMatchObject({ ok: true, account });
    expect((await json('keygen public')).ed25519Hex).not.toBe(first.ed25519Hex);
    expect((await json('keygen keys list')).rows).toHaveLength(2);
    // A key that is out stays as it is, and is still taken.
    expect((await issue(`key --entitlement ${id}`)).text).toBe(old.text);
    expect((await issue(`machine-file --entitlement ${id} --fingerprint cpu-1`)).status).toBe(0);
  });
});

describe('keygen issue', () => {
  it('makes a licence key once, and refuses another scheme', async () => {
    const { id, licenceKey } = await sell('plain');
    expect(licenceKey).toBe(null);
    const first = await issue(`key --entitlement ${id}`);
    expect(first).toMatchObject({ status: 0, said: { scheme: 'ED25519_SIGN', isNewKey: true, key: first.text } });
    const [signed = '', signature = ''] = (first.text ?? '').split('.');
    const { ed25519DerB64 } = await json('keygen public');
    const key = createPublicKey({ key: Buffer.from(ed25519DerB64, 'base64'), format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(signed), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(await issue(`key --entitlement ${id} --scheme ED25519_SIGN`)).toMatchObject({
      text: first.text,
      said: { isNewKey: false },
    });
    const other = await issue(`key --entitlement ${id} --scheme RSA_2048_PKCS1_SIGN`);
    expect(other).toMatchObject({ status: 1, text: null, said: { code: 'keygen-scheme-differs' } });
  });

  it.each([
    ['ED25519_SIGN', /^key\/.*\..*==$/],
    ['RSA_2048_PKCS1_PSS_SIGN_V2', /^key\//],
    ['RSA_2048_PKCS1_SIGN_V2', /^key\//],
    ['ECDSA_P256_SIGN', /^key\//],
    ['RSA_2048_PKCS1_PSS_SIGN', /^[^/]+\.[^/]+$/],
    ['RSA_2048_PKCS1_SIGN', /^[^/]+\.[^/]+$/],
    ['RSA_2048_PKCS1_ENCRYPT', /^[\w-]{342}==$/],
    ['RSA_2048_JWT_RS256', /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/],
    ['none', /^([0-9A-F]{6}-){5}V3$/],
  ])('makes keys in the scheme %s, and files with them', async (scheme, shape) => {
    const { id } = await sell('plain');
    const made = await issue(`license-file --entitlement ${id} --scheme ${scheme}`);
    expect(made).toMatchObject({ status: 0, said: { scheme, name: `${id}.lic` } });
    expect(made.said.key).toMatch(shape);
    expect(openEncrypted(made.text ?? '', made.said.key).data.id).toBe(id);
    const machine = await issue(`machine-file --entitlement ${id} --fingerprint cpu-1`);
    expect(openEncrypted(machine.text ?? '', `${made.said.key}cpu-1`).data).toMatchObject({
      attributes: { fingerprint: 'cpu-1' },
    });
  });

  it('makes files as they are asked for, for one seat a machine', async () => {
    const { id, licenceKey } = await sell('signed');
    expect(licenceKey).toMatch(/^key\//);
    const byPolicy = await issue(`machine-file --entitlement ${id} --fingerprint cpu-1`);
    const file = openEncrypted(byPolicy.text ?? '', `${licenceKey}cpu-1`);
    expect(file.meta.ttl).toBe(7200);
    const asked = await issue(
      `machine-file --entitlement ${id} --fingerprint cpu-1 --ttl 3600 --algorithm base64+rsa-sha256 --include owner,license.product`,
    );
    const body = Buffer.from((asked.text ?? '').split('\n').slice(1, -2).join(''), 'base64').toString();
    const { enc, alg } = JSON.parse(body);
    const content = JSON.parse(Buffer.from(enc, 'base64').toString());
    expect([alg, content.meta.ttl, content.data.id]).toEqual(['base64+rsa-sha256', 3600, file.data.id]);
    expect(content.included.map(({ type }: { type: string }) => type)).toEqual(['licenses', 'products']);
    const proof = await issue(`proof --entitlement ${id} --fingerprint cpu-1`);
    expect(proof.text).toMatch(/^proof\/.*\..*$/);
    const other = await issue(`proof --entitlement ${id} --fingerprint cpu-2`);
    expect(other.said.machine).not.toBe(proof.said.machine);
    // Two seats and half as many again.
    expect((await issue(`machine-file --entitlement ${id} --fingerprint cpu-3`)).status).toBe(0);
    expect((await issue(`machine-file --entitlement ${id} --fingerprint cpu-4`)).said.code).toBe('no-seat-free');
  });

  it('makes proofs where the offering has them switched on, and otherwise neither a key nor a seat for one', async () => {
    const { id } = await sell('plain');
    const refused = await issue(`proof --entitlement ${id} --fingerprint cpu-1`);
    expect(refused).toMatchObject({ status: 1, text: null, said: { code: 'keygen-proofs-off' } });
    const { licenceKey } = await sell('signed');
    expect(licenceKey).not.toBeNull();
    expect(await json('offering set plain --keygen-proofs on')).toMatchObject({ ok: true, changed: true });
    const proof = await issue(`proof --entitlement ${id} --fingerprint cpu-1`);
    expect(proof).toMatchObject({ status: 0, said: { isNewKey: true } });
    expect(proof.text).toMatch(/^proof\/.*\..*$/);
    expect(await json('offering set plain --keygen-proofs off')).toMatchObject({ ok: true, changed: true });
    expect((await issue(`proof --entitlement ${id} --fingerprint cpu-1`)).said.code).toBe('keygen-proofs-off');
    expect(await json('offering set nothing --keygen-proofs off')).toMatchObject({ ok: false, code: 'unknown-name' });
    const listed = (await json('offering list')).rows.map((row: { code: string; keygen: { proofs: boolean } | null }) => [
      row.code,
      row.keygen?.proofs ?? false,
    ]);
    expect(listed).toEqual([
      ['plain', false],
      ['signed', true],
    ]);
    const offering = 'offering create --product press-control --code y --edition Y --plan perpetual --start on-creation';
    expect((await run(`${offering} --keygen-scheme none --keygen-proof-template`, 'licence {{id}}')).exitStatus).toBe(2);
    expect((await run(`${offering} --keygen-proofs maybe --keygen-scheme none`)).exitStatus).toBe(2);
  });

  it.each([
    ['--ttl 0', 1, 'keygen-ttl-refused'],
    ['--ttl=-5', 1, 'keygen-ttl-refused'],
    ['--ttl 3600.5', 1, 'keygen-ttl-refused'],
    ['--ttl 1000000000000', 1, 'keygen-ttl-refused'],
    ['--ttl soon', 2, 'usage'],
    ['--algorithm aes-128+ed25519', 1, 'keygen-algorithm-unknown'],
    ['--include everything', 1, 'keygen-include-unknown'],
    ['--scheme ED25519', 1, 'keygen-scheme-unknown'],
  ])('refuses %s with status %i and %s, and makes no key', async (option, status, code) => {
    const { id } = await sell('plain');
    for (const kind of ['license-file', 'machine-file --fingerprint cpu-1']) {
      expect(await issue(`${kind} --entitlement ${id} ${option}`)).toMatchObject({ status, text: null, said: { code } });
    }
    expect((await issue(`key --entitlement ${id}`)).said.isNewKey).toBe(true);
  });

  it('makes nothing with a key that was withdrawn, by the key itself', async () => {
    const { id, licenceKey } = await sell('signed');
    expect(await json(`code withdraw ${licenceKey}`)).toMatchObject({ ok: true, changed: true });
    expect(await json(`code withdraw ${licenceKey}`)).toMatchObject({ ok: true, changed: false });
    for (const kind of ['license-file', 'machine-file --fingerprint cpu-1']) {
      expect((await issue(`${kind} --entitlement ${id}`)).said.code).toBe('activation-code-withdrawn');
    }
  });

  it('is not needed for what a device page shows: exchange answers its text like any file', async () => {
    await run('user create --email jonas@example.com --name Jonas --role customer_admin --customer hallmann');
    const { licenceKey } = await sell('signed');
    writeFileSync(path('device.txt'), deviceText(licenceKey, 'cpu-1'));
    const [answered] = (await json(`exchange ${path('device.txt')} --as jonas@example.com --out ${folder}`)).files;
    expect(answered).toMatchObject({
      ok: true,
      kind: 'activation',
      seatsBefore: 0,
      seatsAfter: 1,
      answer: expect.stringMatching(/\.lic$/),
    });
    expect(openEncrypted(readFileSync(answered.answer, 'utf8'), `${licenceKey}cpu-1`).meta.ttl).toBe(7200);
  });

  it('refuses what it is not told enough about', async () => {
    const { id } = await sell('plain');
    expect((await issue(`machine-file --entitlement ${id}`)).said.cause).toContain('expected --fingerprint');
    expect((await issue(`picture --entitlement ${id}`)).said.cause).toContain('expected key, proof');
    expect((await issue('key --entitlement 00000000-0000-4000-8000-000000000000')).said.code).toBe('not-found');
    expect(
      (
        await run(
          `offering create --product press-control --code x --edition X --plan perpetual --start on-creation --keygen-ttl 5000`,
        )
      ).exitStatus,
    ).toBe(2);
  });
});
