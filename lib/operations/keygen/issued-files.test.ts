import { createPublicKey, verify } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntitlement } from '../entitlements/create-entitlement';
import { downloadReply } from '../exchange/show-exchange';
import { perform } from '../operation';
import { releaseSeat } from '../seats/release-seat';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import { deviceText, makeKeygenKeys, makeLicence, openEncrypted } from '../testing/keygen';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { checkOutMachine } from './check-out';
import { issueKey } from './issue-key';
import { issueLicenceFile } from './issue-licence-file';
import { issueProof } from './issue-proof';
import { showKeygenPublic } from './manage-issuers';
import { setProofs } from './set-proofs';

let portal: TestPortal;
let customer: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
  customer = await makeCustomer(portal);
  await makeKeygenKeys(portal);
});

afterAll(() => portal.close());

const sell = (...made: [Parameters<typeof makeLicence>[2]?]) => makeLicence(portal, customer, ...made);
const member = (now?: Date) => portal.contextFor(customer.member, now);

async function textOf(exchangeId: string): Promise<{ name: string; text: string }> {
  const reply = await perform(downloadReply, { exchangeId }, member());
  if (!reply.ok) throw new Error(`expected a file, found ${reply.rejection.code}`);
  return reply.value;
}

async function exchangesOf(entitlementId: string): Promise<unknown> {
  return portal.db.execute(sql`select kind, outcome, count(*)::int as n from exchanges
    where entitlement_id = ${entitlementId}::uuid group by kind, outcome order by kind, outcome`);
}

async function activate(key: string, fingerprint = 'cpu-1', now?: Date): Promise<string> {
  return activationOf(portal, await exchange(member(now), deviceText(key, fingerprint)));
}

describe('a machine file that is asked for in the portal', () => {
  it('is made as it is asked for, goes on with the same seat, and can be downloaded again', async () => {
    const licence = await sell();
    const activationId = await activate(licence.key);
    const asked = { ttlSeconds: 7200, algorithm: 'aes-256-gcm+rsa-pss-sha256', include: ['license.product'] };
    const made = await perform(checkOutMachine, { activationId, asked }, member());
    if (!made.ok) throw new Error(`expected a file, found ${made.rejection.code}`);
    const file = await textOf(made.value.exchangeId);
    expect(file.name).toBe(`${activationId}.lic`);
    const opened = openEncrypted(file.text, `${licence.key}cpu-1`);
    expect(opened.meta.ttl).toBe(7200);
    expect(opened.included.map(({ type }) => type)).toEqual(['licenses', 'entitlements', 'products']);
    expect(await textOf(made.value.exchangeId)).toEqual(file);
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 1 });
  });

  it('keeps the seat until the longest of all its files has run out', async () => {
    const licence = await sell({ terms: { seats: 1 } });
    const start = new Date('2026-03-01T00:00:00Z');
    const activationId = await activate(licence.key, 'cpu-1', start);
    await perform(checkOutMachine, { activationId, asked: { ttlSeconds: 3600 } }, member(start));
    const admin = portal.contextFor(customer.admin, start);
    const released = await perform(releaseSeat, { activationId, reason: 'lost' }, admin);
    const monthLater = new Date(start.getTime() + 2_629_746_000);
    expect(released).toMatchObject({ ok: true, value: { heldUntil: monthLater } });
  });

  it.each([
    [{ ttlSeconds: 0 }, 'keygen-ttl-refused'],
    [{ ttlSeconds: -1 }, 'keygen-ttl-refused'],
    [{ ttlSeconds: 3600.5 }, 'keygen-ttl-refused'],
    [{ ttlSeconds: 1e12 }, 'keygen-ttl-refused'],
    [{ algorithm: 'none' }, 'keygen-algorithm-unknown'],
    [{ include: ['license.secrets'] }, 'keygen-include-unknown'],
    [{ ttlSeconds: 'soon' }, 'input-refused'],
  ])('is refused when %j is asked, with %s', async (asked, code) => {
    const licence = await sell();
    const activationId = await activate(licence.key);
    const before = await standingOf(portal, licence.id);
    expect(await perform(checkOutMachine, { activationId, asked }, member())).toMatchObject({ rejection: { code } });
    expect(await perform(issueLicenceFile, { entitlementId: licence.id, asked }, member())).toMatchObject({
      rejection: { code },
    });
    const [lease] = await portal.db.execute(
      sql`select count(*)::int as n from leases where activation_id = ${activationId}::uuid`,
    );
    expect([lease?.n, await standingOf(portal, licence.id)]).toEqual([1, before]);
  });

  it('is for machines of this kind of software only', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const activationId = await activationOf(portal, await exchange(member(), await device.request()));
    for (const operation of [checkOutMachine, issueProof]) {
      expect(await perform(operation, { activationId }, member())).toMatchObject({ rejection: { code: 'keygen-not-a-machine' } });
    }
  });
});

describe('a licence file', () => {
  it('takes no seat, is opened by the licence key, and lasts no longer than a lease', async () => {
    const licence = await sell({ terms: { offlineLeasePeriod: 'P3D', attributes: { 'post-processors': 'all' } } });
    const made = await perform(issueLicenceFile, { entitlementId: licence.id }, member());
    if (!made.ok) throw new Error(`expected a file, found ${made.rejection.code}`);
    const { name, text } = await textOf(made.value.exchangeId);
    expect(name).toBe(`${licence.id}.lic`);
    const opened = openEncrypted(text, licence.key);
    expect([opened.data.id, opened.meta.ttl]).toEqual([licence.id, 3 * 86_400]);
    expect(opened.data.attributes).toMatchObject({ status: 'ACTIVE', maxMachines: 5, metadata: { postProcessors: 'all' } });
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 0 });
  });

  it('needs a licence key, and an entitlement that files are made for', async () => {
    const bare = await makeEntitlement(portal, customer);
    const codeOf = async (entitlementId: string) => {
      const made = await perform(issueLicenceFile, { entitlementId }, member());
      return made.ok ? 'done' : made.rejection.code;
    };
    expect(await codeOf(bare.id)).toBe('keygen-key-missing');
    expect(await codeOf((await sell({ terms: { disabledAt: new Date() } })).id)).toBe('entitlement-disabled');
    expect(await codeOf((await sell({ terms: { offlineLeasePeriod: null } })).id)).toBe('offline-not-allowed');
  });
});

describe('an activation proof', () => {
  it('is signed by RSA, and names machine and licence and nothing else', async () => {
    const licence = await sell({ policy: { proofs: true } });
    const activationId = await activate(licence.key);
    const made = await perform(issueProof, { activationId }, member());
    if (!made.ok) throw new Error(`expected a proof, found ${made.rejection.code}`);
    const [signed = '', signature = ''] = (await textOf(made.value.exchangeId)).text.split('.');
    const keys = await perform(showKeygenPublic, {}, member());
    const rsa = createPublicKey(keys.ok ? keys.value.rsaPem : '');
    expect(verify('sha256', Buffer.from(signed), rsa, Buffer.from(signature, 'base64url'))).toBe(true);
    const dataset = JSON.parse(Buffer.from(signed.slice('proof/'.length), 'base64url').toString());
    const id = expect.any(String);
    expect(dataset).toEqual({
      account: { id },
      product: { id: portal.productId },
      policy: { id, duration: expect.any(Number) },
      license: { id: licence.id, key: licence.key, expiry: expect.any(String) },
      machine: { id: activationId, fingerprint: 'cpu-1', created: expect.any(String) },
      ts: expect.any(String),
    });
  });

  it('says what the vendor wants it to say', async () => {
    const licence = await sell({ policy: { proofs: true, proofTemplate: 'licence {{id}} of {{product}}' } });
    const made = await perform(issueProof, { activationId: await activate(licence.key) }, member());
    if (!made.ok) throw new Error(`expected a proof, found ${made.rejection.code}`);
    const [, dataset = ''] = /^proof\/([^.]*)/.exec((await textOf(made.value.exchangeId)).text) ?? [];
    expect(Buffer.from(dataset, 'base64url').toString()).toBe(`licence ${licence.id} of ${portal.productId}`);
  });

  it.each([
    ['that says nothing of them', {}],
    ['that says what they say, but not that they are made', { proofTemplate: 'licence {{id}}' }],
    ['that switches them off', { proofs: false }],
  ])('is not made under a policy %s', async (_, policy) => {
    const licence = await sell({ policy });
    const activationId = await activate(licence.key);
    const before = await exchangesOf(licence.id);
    for (const actor of [customer.member, customer.admin, OPERATOR]) {
      const refused = await perform(issueProof, { activationId }, portal.contextFor(actor));
      expect(refused).toMatchObject({ ok: false, rejection: { code: 'keygen-proofs-off' } });
    }
    expect(await exchangesOf(licence.id)).toEqual(before);
  });

  it('is made, and no longer, as its offering is switched, also for what was sold before', async () => {
    const { id } = await makeEntitlement(portal, customer, { dialects: ['native', 'keygen'] });
    const { key } = await done(issueKey, { entitlementId: id }, portal.contextFor(OPERATOR));
    const activationId = await activate(key);
    const [row] = await portal.db.execute<{ code: string }>(
      sql`select o.code from offerings o join entitlements e on e.offering_id = o.id where e.id = ${id}::uuid`,
    );
    const set = (keygenProofs: boolean) => done(setProofs, { code: row?.code, keygenProofs }, portal.contextFor(OPERATOR));
    const ask = async () => (await perform(issueProof, { activationId }, member())).ok;
    expect([await ask(), (await set(true)).changed, await ask(), (await set(true)).changed]).toEqual([false, true, true, false]);
    expect([(await set(false)).changed, await ask(), (await set(false)).changed]).toEqual([true, false, false]);
    const audits = await portal.db.execute(
      sql`select detail->'keygenProofs' as proofs from audit_entries where action = 'offering.changed' order by id`,
    );
    expect(audits.map(({ proofs }) => proofs)).toEqual([true, false]);
    // Nothing else of the offering changed: an entitlement of it still gets its key when one is asked for.
    const offering = { customer: customer.code, offering: row?.code, seats: 1, startsAt: '2026-01-01' };
    expect(await done(createEntitlement, offering, portal.contextFor(OPERATOR))).toMatchObject({ licenceKey: null });
  });

  it('is not made for a machine that holds no seat', async () => {
    const licence = await sell();
    const start = new Date('2026-03-01T00:00:00Z');
    const activationId = await activate(licence.key, 'cpu-1', start);
    const later = member(new Date('2026-06-01T00:00:00Z'));
    expect(await perform(issueProof, { activationId }, later)).toMatchObject({
      rejection: { code: 'keygen-machine-without-seat' },
    });
    await perform(releaseSeat, { activationId, reason: 'lost' }, portal.contextFor(customer.admin, start));
    expect(await perform(issueProof, { activationId }, member(start))).toMatchObject({
      rejection: { code: 'activation-released' },
    });
  });
});

describe('a licence key', () => {
  it('is made once, however many ask at the same moment', async () => {
    const { id } = await makeEntitlement(portal, customer);
    const ask = () => perform(issueKey, { entitlementId: id }, portal.contextFor(OPERATOR));
    const made = await Promise.all(Array.from({ length: 6 }, ask));
    const keys = new Set(made.map((result) => (result.ok ? result.value.key : result.rejection.code)));
    expect(keys.size).toBe(1);
    expect(made.filter((result) => result.ok && result.value.isNew)).toHaveLength(1);
    const [audited] = await portal.db.execute(sql`select count(*)::int as n from audit_entries
      where action = 'keygen.key-made' and entitlement_id = ${id}::uuid`);
    expect(audited?.n).toBe(1);
  });

  it('is nowhere in the database in clear', async () => {
    const licence = await sell();
    await activate(licence.key);
    const tables = await portal.db.execute<{ name: string }>(
      sql`select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const end = licence.key.slice(-40);
    for (const { name } of tables) {
      const found = await portal.db.execute(
        sql`select 1 from ${sql.identifier(name)} t where t::text like ${`%${end}%`} limit 1`,
      );
      expect([name, found.length]).toEqual([name, 0]);
    }
  });
});
