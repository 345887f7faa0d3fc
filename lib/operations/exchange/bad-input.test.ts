import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activations } from '@/db/schema/activations';
import { products } from '@/db/schema/catalogue';
import { devices } from '@/db/schema/devices';
import { activationCodes, entitlements } from '@/db/schema/entitlements';
import { readBadVectors, readGoodVectors, readVectorKeys } from '@/lib/dialects/native/testing/read-vectors';
import { bytesOf } from '@/lib/dialects/native/testing/vector';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import type { KeyPair } from '@/lib/signing/key-pair';
import { perform } from '../operation';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import type { TestCustomer, TestEntitlement } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { previewFile } from './preview-file';
import { submitFile } from './submit-file';

let portal: TestPortal;
let ofVectors: TestPortal;
let customer: TestCustomer;
let reader: TestCustomer;
let entitlement: TestEntitlement;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  entitlement = await makeEntitlement(portal, customer);
  const keys = readVectorKeys();
  ofVectors = await makeTestPortal({ keys });
  reader = await makeCustomer(ofVectors);
  const { id } = await makeEntitlement(ofVectors, reader, { seats: 2, seatsHeld: 2 });
  for (const { signing } of [keys.device, keys.device_p256]) await makeActivation(ofVectors, { entitlementId: id, signing });
});

/** Gives a device of the vectors a seat, so that the portal knows its key. */
async function makeActivation({ db }: TestPortal, of: { entitlementId: string; signing: KeyPair }): Promise<void> {
  const now = new Date();
  const leaseEndsAt = new Date('2099-01-01T00:00:00Z');
  const known = {
    dialect: 'native' as const,
    name: 'Known',
    platform: 'linux',
    fingerprintVersion: 1,
    fingerprintKey: of.signing.kid,
    clockSkewSeconds: 0,
  };
  const [device] = await db
    .insert(devices)
    .values({ ...known, customerId: reader.id, firstSeenAt: now, lastSeenAt: now })
    .returning({ id: devices.id });
  await db.insert(activations).values({
    customerId: reader.id,
    entitlementId: of.entitlementId,
    deviceId: device?.id ?? '',
    dialect: 'native',
    deviceKey: of.signing.kid,
    deviceJwk: of.signing.publicJwk,
    replyTo: {},
    fingerprint: { version: 1, components: {} },
    state: 'active',
    leaseSequence: 1,
    leaseStartsAt: now,
    leaseEndsAt,
    runsOutAt: leaseEndsAt,
    activatedAt: now,
  });
}

afterAll(() => Promise.all([portal.close(), ofVectors.close()]));

interface Trace {
  readonly seats: string;
  readonly last: {
    readonly outcome: string;
    readonly code: string | null;
    readonly trouble: string | null;
    readonly action: string;
  };
}

/** The state after a file: of every seat, and the newest exchange with its audit entry. */
async function traceOf({ db }: TestPortal): Promise<Trace> {
  const rows = await db.execute<{ seats: string; outcome: string; code: string; trouble: string; action: string }>(sql`
    select (select md5(coalesce(string_agg(a::text, '|' order by a.id), '')) from activations a) ||
        (select md5(coalesce(string_agg(e::text, '|' order by e.id), '')) from entitlements e) ||
        (select md5(coalesce(string_agg(d::text, '|' order by d.id), '')) from devices d) as seats,
      x.outcome, x.code, x.trouble_code as trouble, t.action
    from audit_entries t join exchanges x on x.id = t.exchange_id and x.code is not distinct from t.code
      and t.action <> 'file.act-refused' order by t.id desc limit 1`);
  const [row] = rows;
  if (row === undefined) return { seats: '', last: { outcome: '', code: null, trouble: null, action: '' } };
  const { seats, ...last } = row;
  return { seats, last };
}

/** Submits the file and expects the refusal and its audit entry alone. */
async function expectRefused(at: TestPortal, bytes: Uint8Array | string, code: string, actor = customer.member): Promise<void> {
  await exchange(at.contextFor(actor), 'something before');
  const before = await traceOf(at);
  const outcome = await exchange(at.contextFor(actor), bytes);
  const after = await traceOf(at);
  expect(outcome.code).toBe(code);
  expect(after.seats).toBe(before.seats);
  expect(after.last).toMatchObject({ outcome: 'refused', code, action: 'file.refused' });
  expect(isTroubleCode(after.last.trouble ?? '')).toBe(true);
}

describe('a file that is no good request', () => {
  it.each(readBadVectors('requests').map((vector) => [vector.name, vector.code, vector] as const))(
    '%s: %s',
    async (_, code, vector) => {
      await expectRefused(ofVectors, bytesOf(vector), code, reader.member);
    },
  );

  it.each(readGoodVectors('requests').map((vector) => [vector.name, vector] as const))(
    '%s opens, and is refused only for what it asks for',
    async (_, vector) => {
      const context = ofVectors.contextFor(reader.member);
      const submitted = await perform(submitFile, { fileName: null, bytes: bytesOf(vector) }, context);
      const submissionId = submitted.ok ? submitted.value.submissionId : '';
      const preview = await perform(previewFile, { submissionId }, context);
      const code = vector.kind === 'deactivation' ? 'activation-unknown' : 'product-unknown';
      expect(preview).toMatchObject({ ok: true, value: { rejection: { code }, preview: { kind: expect.any(String) } } });
    },
  );

  it('cut at every tenth, or with a byte changed, is refused', async () => {
    const device = await makeDevice(portal, entitlement);
    const file = await device.request();
    for (let tenth = 1; tenth < 10; tenth += 1) {
      const { code } = await exchange(portal.contextFor(customer.member), file.slice(0, Math.floor((file.length * tenth) / 10)));
      expect(['file-cut-short', 'file-not-recognised']).toContain(code);
    }
    const bytes = new TextEncoder().encode(file);
    for (let at = 3; at < bytes.length; at += 97) {
      const changed = bytes.with(at, (bytes[at] ?? 0) ^ 0x01);
      const { code } = await exchange(portal.contextFor(customer.member), changed);
      expect(code).not.toBe('done');
    }
    expect((await standingOf(portal, entitlement.id)).held).toBe(0);
  });
});

describe('a good request that cannot be granted', () => {
  const request = async (of: TestEntitlement, changes = {}) => (await makeDevice(portal, of)).request(changes);

  it.each([
    ['an unknown product', { productCode: 'unheard-of' }, 'product-unknown'],
    ['an unknown code', { activationCode: 'XXXXX-XXXXX-XXXXX' }, 'activation-code-unknown'],
    ['an unknown entitlement', { entitlementId: randomUUID() }, 'entitlement-unknown'],
    ['a lease length that is none', { requestedLease: 'P0D' }, 'requested-lease-refused'],
  ])('for %s: %s', async (_, changes, code) => {
    await expectRefused(portal, await request(entitlement, changes), code);
  });

  const terms = { past: new Date('2024-01-01T00:00:00Z'), future: new Date('2099-01-01T00:00:00Z') };
  it.each([
    ['a disabled entitlement', { disabledAt: terms.past }, 'entitlement-disabled'],
    ['an expired one', { termEndsAt: terms.past }, 'entitlement-expired'],
    ['one that has not started', { startsAt: terms.future }, 'entitlement-not-started'],
    ['one without an offline lease period', { offlineLeasePeriod: null }, 'offline-not-allowed'],
    ['one without seats', { seats: 0 }, 'no-seat-free'],
  ])('on %s: %s', async (_, changes, code) => {
    await expectRefused(portal, await request(await makeEntitlement(portal, customer, changes)), code);
  });

  it('with a code of another customer is refused as if the code did not exist', async () => {
    const other = await makeCustomer(portal, 'Southgate Works');
    await expectRefused(portal, await request(await makeEntitlement(portal, other)), 'activation-code-unknown');
    await expectRefused(portal, await request(entitlement), 'activation-code-unknown', customer.stranger);
  });

  it('with a code that was withdrawn is refused; what was answered before stays answered', async () => {
    const withdrawn = await makeEntitlement(portal, customer);
    const answered = await request(withdrawn);
    expect((await exchange(portal.contextFor(customer.member), answered)).code).toBe('done');
    await portal.db.update(activationCodes).set({ withdrawnAt: new Date() }).where(eq(activationCodes.id, withdrawn.codeId));
    await expectRefused(portal, await request(withdrawn), 'activation-code-withdrawn');
    expect((await exchange(portal.contextFor(customer.member), answered)).code).toBe('repeated');
  });

  it('stays refused on a disabled entitlement, and goes through once it is enabled again', async () => {
    const disabled = await makeEntitlement(portal, customer, { disabledAt: new Date() });
    const file = await request(disabled);
    await expectRefused(portal, file, 'entitlement-disabled');
    await portal.db.update(entitlements).set({ disabledAt: null, revision: 2 }).where(eq(entitlements.id, disabled.id));
    expect((await exchange(portal.contextFor(customer.member), file)).code).toBe('done');
  });

  it('from a machine whose activation is on another entitlement is refused', async () => {
    const device = await makeDevice(portal, entitlement);
    expect((await exchange(portal.contextFor(customer.member), await device.request())).code).toBe('done');
    const other = await makeEntitlement(portal, customer);
    await expectRefused(portal, await device.request({ activationCode: other.code }), 'activated-elsewhere');
  });
});

describe('a clock that is years off', () => {
  const decades = [new Date('2016-01-01T00:00:00Z'), new Date('2036-12-01T00:00:00Z')];

  it.each(decades)('(%s) is answered and shown', async (issuedAt) => {
    const context = portal.contextFor(customer.member);
    const file = await (await makeDevice(portal, entitlement)).request({ issuedAt });
    const submitted = await perform(submitFile, { fileName: null, bytes: new TextEncoder().encode(file) }, context);
    const submissionId = submitted.ok ? submitted.value.submissionId : '';
    const preview = await perform(previewFile, { submissionId }, context);
    const skew = preview.ok ? (preview.value.preview?.clockSkewSeconds ?? 0) : 0;
    expect(Math.abs(skew * 1000 - (issuedAt.getTime() - Date.now()))).toBeLessThan(60_000);
    expect(preview).toMatchObject({ ok: true, value: { rejection: null } });
  });

  it('is refused where the product sets a greatest age', async () => {
    const strict = await makeTestPortal();
    try {
      await strict.db.update(products).set({ greatestRequestAge: 'P30D' }).where(eq(products.id, strict.productId));
      const owner = await makeCustomer(strict);
      const device = await makeDevice(strict, await makeEntitlement(strict, owner));
      const [past, future] = await Promise.all(decades.map((issuedAt) => device.request({ issuedAt })));
      await expectRefused(strict, past ?? '', 'request-too-old', owner.member);
      await expectRefused(strict, future ?? '', 'request-from-the-future', owner.member);
      expect((await exchange(strict.contextFor(owner.member), await device.request())).code).toBe('done');
    } finally {
      await strict.close();
    }
  });
});

describe('a proof that is no good', () => {
  it('for an activation of another customer is answered as if there were none', async () => {
    const context = portal.contextFor(customer.member);
    const device = await makeDevice(portal, entitlement);
    const activationId = await activationOf(portal, await exchange(context, await device.request()));
    const other = await makeCustomer(portal, 'Westgate Works');
    await expectRefused(portal, await device.proof(activationId), 'activation-unknown', other.admin);
    await expectRefused(portal, await device.proof(randomUUID()), 'activation-unknown');
  });
});
