import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFile } from '../exchange/commit-file';
import { perform } from '../operation';
import { releaseSeat } from '../seats/release-seat';
import { activationOf, exchange, replyOf, standingOf } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest } from '../testing/guest';
import type { TestLicence } from '../testing/keygen';
import { deviceText, makeKeygenKeys, makeLicence, openEncrypted } from '../testing/keygen';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';

let portal: TestPortal;
let customer: TestCustomer;

const MONTH_SECONDS = 2_629_746;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 12 });
  customer = await makeCustomer(portal);
  await makeKeygenKeys(portal);
});

afterAll(() => portal.close());

const sell = (...made: [Parameters<typeof makeLicence>[2]?]) => makeLicence(portal, customer, ...made);
const member = (now?: Date) => portal.contextFor(customer.member, now);
const admin = (now?: Date) => portal.contextFor(customer.admin, now);

async function checkOut(licence: TestLicence, fingerprint: string, now?: Date) {
  const answered = await exchange(member(now), deviceText(licence.key, fingerprint));
  expect(answered.code).toBe('done');
  const file = openEncrypted(await replyOf(member(), answered), licence.key + fingerprint);
  return { answered, file, activationId: await activationOf(portal, answered) };
}

describe('a machine file', () => {
  it('answers what a device page shows, lasts a month, and takes one seat', async () => {
    const licence = await sell();
    const { file, answered, activationId } = await checkOut(licence, 'cpu-1');
    expect(file.meta.ttl).toBe(MONTH_SECONDS);
    expect(file.data).toMatchObject({ id: activationId, attributes: { fingerprint: 'cpu-1' } });
    expect(file.included.map(({ type, id }) => (type === 'licenses' ? id : type))).toEqual([licence.id, 'entitlements']);
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 1, counted: 1 });
    expect(await replyOf(member(), answered)).toBe(await replyOf(admin(), answered));
  });

  it('for the same machine again has a new expiry and takes no second seat', async () => {
    const licence = await sell();
    const first = await checkOut(licence, 'cpu-1', new Date('2026-03-01T00:00:00Z'));
    const again = await checkOut(licence, 'cpu-1', new Date('2026-03-02T00:00:00Z'));
    expect(again.activationId).toBe(first.activationId);
    expect(Date.parse(again.file.meta.expiry) - Date.parse(first.file.meta.expiry)).toBe(24 * HOUR_MS);
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 1 });
  });

  it('is one answer for one text that was handed in', async () => {
    const licence = await sell();
    const { answered } = await checkOut(licence, 'cpu-1');
    const again = await perform(commitFile, { submissionId: answered.submissionId }, member());
    expect(again).toMatchObject({ ok: true, value: { exchangeId: answered.exchangeId, repeated: true } });
  });

  it('lasts no longer than a lease of the entitlement, and no longer than its term', async () => {
    const short = await sell({ terms: { offlineLeasePeriod: 'P7D', gracePeriod: 'P30D' } });
    expect((await checkOut(short, 'cpu-1')).file.meta.ttl).toBe(7 * 86_400);
    const ending = await sell({ terms: { termEndsAt: new Date('2026-03-03T00:00:00Z') } });
    const { file } = await checkOut(ending, 'cpu-1', new Date('2026-03-01T00:00:00Z'));
    expect(file.meta.expiry).toBe('2026-03-03T00:00:00.000Z');
    const byPolicy = await sell({ policy: { ttlSeconds: 3600 } });
    expect((await checkOut(byPolicy, 'cpu-1')).file.meta.ttl).toBe(3600);
    const byLease = await sell({ policy: { ttlSeconds: null } });
    expect((await checkOut(byLease, 'cpu-1')).file.meta.ttl).toBe(90 * 86_400);
  });

  it('keeps the seat of a machine that is released without proof until it runs out, with and without grace', async () => {
    const licence = await sell({ terms: { seats: 1, gracePeriod: 'P30D' } });
    const start = new Date('2026-03-01T00:00:00Z');
    const { activationId, file } = await checkOut(licence, 'cpu-1', start);
    const released = await perform(releaseSeat, { activationId, reason: 'lost' }, admin(new Date('2026-03-02T00:00:00Z')));
    expect(released).toMatchObject({ ok: true, value: { heldUntil: new Date(file.meta.expiry) } });
    const justBefore = new Date(Date.parse(file.meta.expiry) - 1000);
    expect((await exchange(member(justBefore), deviceText(licence.key, 'cpu-2'))).code).toBe('no-seat-free');
    const other = await exchange(member(new Date(file.meta.expiry)), deviceText(licence.key, 'cpu-2'));
    expect(other.code).toBe('done');
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 1 });
  });

  it('is made for a machine that comes back after its seat came free', async () => {
    const licence = await sell();
    const { activationId, file } = await checkOut(licence, 'cpu-1', new Date('2026-03-01T00:00:00Z'));
    await perform(releaseSeat, { activationId, reason: 'lost' }, admin(new Date('2026-03-02T00:00:00Z')));
    const held = await exchange(member(new Date('2026-03-03T00:00:00Z')), deviceText(licence.key, 'cpu-1'));
    expect(held.code).toBe('activation-released');
    const again = await checkOut(licence, 'cpu-1', new Date(file.meta.expiry));
    expect(again.activationId).not.toBe(activationId);
  });

  it.each([
    [2, { overdraftKind: 'none', overdraftValue: 0 } as const, 2],
    [4, { overdraftKind: 'percent', overdraftValue: 25 } as const, 5],
    [2, { overdraftKind: 'percent', overdraftValue: 100 } as const, 4],
    [1, { overdraftKind: 'unlimited', overdraftValue: 0 } as const, 9],
  ])('is given to as many of nine machines at once as %i seats with %o allow: %i', async (seats, overdraft, expected) => {
    const licence = await sell({ terms: { seats, ...overdraft } });
    const machines = Array.from({ length: 9 }, (_, index) => deviceText(licence.key, `cpu-${index}`));
    const codes = (await Promise.all(machines.map((text) => exchange(member(), text)))).map(({ code }) => code);
    expect(codes.filter((code) => code === 'done')).toHaveLength(expected);
    expect(codes.filter((code) => code !== 'done' && code !== 'no-seat-free')).toEqual([]);
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: expected, counted: expected });
  });

  it('takes one seat for one machine that is brought many times at once', async () => {
    const licence = await sell();
    const text = deviceText(licence.key, 'cpu-1');
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => exchange(member(), text)));
    expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set(['done']));
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 1, counted: 1 });
  });
});

describe('a fingerprint', () => {
  it.each(['product', 'vendor'] as const)('is activated once in the %s where the policy says so', async (range) => {
    const fingerprint = `cpu-${randomUUID()}`;
    const [one, other] = [
      await sell({ policy: { fingerprintUniqueIn: range } }),
      await sell({ policy: { fingerprintUniqueIn: range } }),
    ];
    await checkOut(one, fingerprint);
    expect((await exchange(member(), deviceText(other.key, fingerprint))).code).toBe('keygen-fingerprint-taken');
    expect(await standingOf(portal, other.id)).toMatchObject({ held: 0 });
    const free = await sell();
    expect((await exchange(member(), deviceText(free.key, fingerprint))).code).toBe('done');
  });

  it('is activated once also when two licences are asked at the same moment', async () => {
    for (let round = 0; round < 6; round += 1) {
      const fingerprint = `cpu-${randomUUID()}`;
      const policy = { fingerprintUniqueIn: 'vendor' } as const;
      const licences = await Promise.all([sell({ policy }), sell({ policy }), sell({ policy })]);
      const outcomes = await Promise.all(licences.map(({ key }) => exchange(member(), deviceText(key, fingerprint))));
      expect(outcomes.map(({ code }) => code).sort()).toEqual(['done', 'keygen-fingerprint-taken', 'keygen-fingerprint-taken']);
    }
  });

  it.each([
    ['licence', (licence: TestLicence) => licence.id],
    ['product', () => portal.productId],
  ])('is not the id of a %s', async (_, idOf) => {
    const licence = await sell();
    expect((await exchange(member(), deviceText(licence.key, idOf(licence)))).code).toBe('keygen-fingerprint-is-id');
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 0 });
  });

  it('is not the id of another machine', async () => {
    const licence = await sell();
    const { activationId } = await checkOut(licence, 'cpu-1');
    expect((await exchange(member(), deviceText(licence.key, activationId))).code).toBe('keygen-fingerprint-is-id');
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 1 });
  });
});

describe('what a device page shows', () => {
  it('is unsigned, and taken from guests only where product and policy allow it', async () => {
    await allowGuests(portal);
    const closed = await sell();
    const guest = portal.contextFor(makeGuest());
    expect((await exchangeAsGuest(guest, deviceText(closed.key, 'cpu-1'))).code).toBe('keygen-sign-in-needed');
    const open = await sell({ policy: { guests: true } });
    expect((await exchangeAsGuest(guest, deviceText(open.key, 'cpu-1'))).code).toBe(null);
    await allowGuests(portal, false);
    expect((await exchangeAsGuest(guest, deviceText(open.key, 'cpu-2'))).code).toBe('not-found');
    expect(await standingOf(portal, open.id)).toMatchObject({ held: 1 });
  });

  it('is of nobody else’s licence', async () => {
    const licence = await sell();
    const other = await makeCustomer(portal, 'Southgate Works');
    const answered = await exchange(portal.contextFor(other.member), deviceText(licence.key, 'cpu-1'));
    expect(answered.code).toBe('activation-code-unknown');
    expect(await standingOf(portal, licence.id)).toMatchObject({ held: 0 });
  });

  it.each([
    ['keygen-field-missing', (key: string) => Buffer.from(JSON.stringify({ key })).toString('base64')],
    ['keygen-field-empty', (key: string) => deviceText(key, '')],
    ['keygen-field-too-long', (key: string) => deviceText(key, 'x'.repeat(5000))],
    ['keygen-field-not-text', (key: string) => deviceText(key, 7)],
    ['keygen-key-unpadded', (key: string) => deviceText(key.replaceAll('=', ''), 'cpu-1')],
    ['keygen-machine-needed', (key: string) => key],
  ])('is refused with %s and changes nothing', async (code, write) => {
    const licence = await sell();
    const before = await portal.db.execute(sql`select count(*)::int as n from activations`);
    expect((await exchange(member(), write(licence.key))).code).toBe(code);
    expect(await portal.db.execute(sql`select count(*)::int as n from activations`)).toEqual(before);
  });

  it('is not answered on a licence that is disabled, has ended, or whose key was withdrawn', async () => {
    const disabled = await sell({ terms: { disabledAt: new Date() } });
    expect((await exchange(member(), deviceText(disabled.key, 'cpu-1'))).code).toBe('entitlement-disabled');
    const ended = await sell({ terms: { termEndsAt: new Date('2021-01-01T00:00:00Z') } });
    expect((await exchange(member(), deviceText(ended.key, 'cpu-1'))).code).toBe('entitlement-expired');
    const withdrawn = await sell();
    await portal.db.execute(sql`update activation_codes set withdrawn_at = now() where id =
      (select code_id from keygen_keys where entitlement_id = ${withdrawn.id}::uuid)`);
    expect((await exchange(member(), deviceText(withdrawn.key, 'cpu-1'))).code).toBe('activation-code-withdrawn');
  });
});
