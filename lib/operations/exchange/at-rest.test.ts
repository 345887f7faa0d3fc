import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkOutMachine } from '../keygen/check-out';
import { issueProof } from '../keygen/issue-proof';
import { issueRefresh } from '../leases/issue-refresh';
import { activate, deactivate } from '../licensespring/activate';
import { blacklistDevice } from '../licensespring/blacklist-device';
import type { LicenseSpringScene, Members } from '../licensespring/testing/scene';
import {
  activateOn,
  bytesOf,
  contentOf,
  contentOrCode,
  deactivateOn,
  makeScene,
  requestFor,
  sell,
} from '../licensespring/testing/scene';
import { perform } from '../operation';
import { releaseSeat } from '../seats/release-seat';
import { inspectFile } from '../support/inspect-file';
import { searchEverything } from '../support/search-everything';
import { activationOf, exchange, replyOf } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest } from '../testing/guest';
import { deviceText, makeKeygenKeys, makeLicence, openEncrypted } from '../testing/keygen';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeSupport } from '../testing/test-customer';
import { downloadReply } from './show-exchange';

/*
 * The texts that identify a machine and its licence to software of other dialects stand in no table in plain text, neither during use nor after
 * every act that ends it.
 */

let scene: LicenseSpringScene;
let customer: TestCustomer;
/** The owner of the database, who can read every table. */
let owner: postgres.Sql;

beforeAll(async () => {
  scene = await makeScene();
  customer = await makeCustomer(scene.portal);
  owner = postgres(scene.portal.ownerUrl, { max: 1, onnotice: () => undefined });
  await makeKeygenKeys(scene.portal);
});

afterAll(async () => {
  await owner.end();
  await scene.portal.close();
});

/** The tables of our schemas with a row that contains one of the texts, in upper or lower case or as hexadecimal bytes. */
async function tablesWith(texts: readonly string[]): Promise<string[]> {
  const tables = await owner<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`;
  expect(tables.length).toBeGreaterThan(40);
  const sought = texts.flatMap((text) => [text.toLowerCase(), Buffer.from(text).toString('hex')]);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const rows = await owner<{ row: string }[]>`select lower(t::text) as row from ${owner(schema)}.${owner(name)} t`;
    if (rows.some(({ row }) => sought.some((text) => row.includes(text)))) found.push(name);
  }
  return found;
}

async function nameOf(activationId: string): Promise<string> {
  const rows = await scene.portal.db.execute<{ name: string }>(
    sql`select d.name from devices d join activations a on a.device_id = d.id where a.id = ${activationId}::uuid`,
  );
  return rows[0]?.name ?? '';
}

const MACHINE = /^Machine [2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}$/;

it('finds a text that is in a table, so that finding none means something', async () => {
  expect(await tablesWith(['northgate WORKS'])).toContain('customers');
});

describe('a machine of LicenseSpring’s format', () => {
  it('has its hardware id and its licence key in no table, whatever becomes of it', async () => {
    const { portal, operator } = scene;
    const licence = await sell(scene, {
      product: 'of-at-rest',
      maxActivations: 2,
      releaseRule: 'at-once',
      customer: customer.code,
    });
    await allowGuests(portal, true, licence.product);
    const hardware = `HW-${randomUUID()}`;
    const on = { hardware_id: hardware, hostname: undefined };
    const expectNowhere = async () => expect(await tablesWith([hardware, licence.licenceKey ?? ''])).toEqual([]);

    const first = contentOrCode(await activateOn(scene, licence, on));
    expect(first).toMatchObject({ hardware_id: hardware, license_key: licence.licenceKey });
    await expectNowhere();

    const rows = await portal.db.execute<{ id: string }>(
      sql`select id from activations where entitlement_id = ${licence.entitlementId}::uuid and state = 'active'`,
    );
    const activationId = rows[0]?.id ?? '';
    expect(await nameOf(activationId)).toMatch(MACHINE);
    const { exchangeId } = await done(issueRefresh, { activationId }, operator);
    const refresh = await done(downloadReply, { exchangeId }, operator);
    expect(contentOf(refresh.text)).toMatchObject({ hardware_id: hardware, device_id: first.device_id });

    // Submitted by people and by guests, refused, inspected, returned, blacklisted, released.
    const admin = portal.contextFor(customer.admin);
    expect((await exchange(admin, requestFor(scene, licence, on))).code).toBe('done');
    expect((await exchangeAsGuest(portal.contextFor(makeGuest()), requestFor(scene, licence, on))).code).toBeNull();
    expect((await exchange(admin, requestFor(scene, licence, { ...on, license_id: 7 }))).code).toBe('licence-differs');
    const support = portal.contextFor(await makeSupport(portal));
    await done(inspectFile, { fileName: 'ls_activation.req', bytes: bytesOf(requestFor(scene, licence, on)) }, support);
    expect((await deactivateOn(scene, licence, on)).ok).toBe(true);
    const call = (kind: typeof activate | typeof deactivate, changes: Members) =>
      perform<unknown, unknown>(kind, { bytes: bytesOf(requestFor(scene, licence, { ...on, ...changes })) }, scene.application);
    expect(await call(deactivate, { request: 'deactivation' })).toMatchObject({ rejection: { code: 'activation-returned' } });
    expect((await call(activate, {})).ok).toBe(true);
    await done(blacklistDevice, { entitlementId: licence.entitlementId, hardwareId: hardware }, operator);
    expect(await call(activate, {})).toMatchObject({ rejection: { code: 'device-blacklisted' } });
    const [held] = await portal.db.execute<{ id: string }>(
      sql`select id from activations where entitlement_id = ${licence.entitlementId}::uuid and state = 'active'`,
    );
    expect(await perform(issueRefresh, { activationId: held?.id }, operator)).toMatchObject({
      rejection: { code: 'device-blacklisted' },
    });
    await done(releaseSeat, { activationId: held?.id, reason: 'lost' }, operator);
    await expectNowhere();
  });

  it('is found by support with its whole hardware id, and by no part of it', async () => {
    const licence = await sell(scene, { product: 'of-search', customer: customer.code });
    const [hardware, other] = [`HW-${randomUUID()}`, `HW-${randomUUID()}`];
    for (const hardware_id of [hardware, other]) await activateOn(scene, licence, { hardware_id, hostname: undefined });
    const support = scene.portal.contextFor(await makeSupport(scene.portal));
    const devicesBy = async (text: string) => {
      const { groups } = await done(searchEverything, { text }, support);
      return groups.flatMap(({ kind, hits }) => (kind === 'device' ? hits.map(({ title }) => title) : []));
    };
    const found = await devicesBy(hardware);
    expect(found).toEqual([expect.stringMatching(MACHINE)]);
    expect(await devicesBy(other)).not.toEqual(found);
    expect(await devicesBy(hardware.slice(0, -1))).toEqual([]);
  });

  it('keeps a name that it states', async () => {
    const licence = await sell(scene, { product: 'of-stated-names' });
    await activateOn(scene, licence, { hardware_id: `HW-${randomUUID()}`, hostname: 'press-hall-3' });
    const rows = await scene.portal.db.execute(
      sql`select d.name from devices d join activations a on a.device_id = d.id where a.entitlement_id = ${licence.entitlementId}::uuid`,
    );
    expect(rows).toEqual([{ name: 'press-hall-3' }]);
  });
});

describe('a machine of Keygen’s formats', () => {
  it('has its fingerprint and its licence key in no table, whatever becomes of it', async () => {
    const { portal } = scene;
    const licence = await makeLicence(portal, customer, {
      policy: { proofs: true, guests: true },
      terms: { releaseRule: 'at-once' },
    });
    await allowGuests(portal);
    const fingerprint = `FP-${randomUUID()}`;
    const key = licence.key.slice(-80);
    const expectNowhere = async () => expect(await tablesWith([fingerprint, key])).toEqual([]);
    const [member, admin] = [portal.contextFor(customer.member), portal.contextFor(customer.admin)];

    const answered = await exchange(member, deviceText(licence.key, fingerprint));
    const activationId = await activationOf(portal, answered);
    const file = openEncrypted(await replyOf(member, answered), licence.key + fingerprint);
    const name = await nameOf(activationId);
    expect(name).toMatch(MACHINE);
    expect(file.data.attributes).toMatchObject({ fingerprint, name });
    await expectNowhere();

    await done(checkOutMachine, { activationId }, member);
    await done(issueProof, { activationId }, member);
    expect((await exchangeAsGuest(portal.contextFor(makeGuest()), deviceText(licence.key, fingerprint))).code).toBeNull();
    expect((await exchange(member, deviceText(licence.key, licence.key))).code).not.toBe('done');
    expect((await exchange(member, licence.key)).code).not.toBe('done');
    await done(releaseSeat, { activationId, reason: 'lost' }, admin);
    const again = await exchange(member, deviceText(licence.key, fingerprint));
    expect(await nameOf(await activationOf(portal, again))).toBe(name);
    await expectNowhere();

    const support = portal.contextFor(await makeSupport(portal));
    const { groups } = await done(searchEverything, { text: fingerprint }, support);
    expect(groups.flatMap(({ hits }) => hits.map(({ title }) => title))).toContain(name);
  });
});
