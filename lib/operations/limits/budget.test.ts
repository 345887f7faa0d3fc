import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateActivationCode } from '@/lib/signing/activation-code';
import type { Actor } from '../actor';
import { userIdOf } from '../actor';
import type { OperationContext } from '../context';
import { renameDevice } from '../devices/rename-device';
import { commitFile } from '../exchange/commit-file';
import { submitFile } from '../exchange/submit-file';
import { validateKey } from '../keygen/validate-key';
import { issueRefresh } from '../leases/issue-refresh';
import { runConcurrently } from '../licensespring/testing/run-concurrently';
import type { Operation } from '../operation';
import { perform } from '../operation';
import { removePerson } from '../people/change-person';
import { releaseSeat } from '../seats/release-seat';
import { inspectFile } from '../support/inspect-file';
import { tally } from '../testing/at-once';
import { activationOf, exchange } from '../testing/exchange';
import { makeKeygenKeys } from '../testing/keygen';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { Replica, TestPortal } from '../testing/test-portal';
import { makeReplica, makeTestPortal } from '../testing/test-portal';
import type { Limit } from './limits';
import { LIMITS } from './limits';
import { consume } from './rate-limit';

let portal: TestPortal;
let replica: Replica;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
  replica = makeReplica(portal);
});
afterAll(async () => {
  await replica.close();
  await portal.close();
});
afterEach(() => {
  vi.useRealTimers();
});

const rubbish = (index: number) => ({ fileName: null, bytes: new TextEncoder().encode(`nonsense ${index} ${randomUUID()}`) });
const codeOf = (result: { ok: true } | { ok: false; rejection: { code: string } }) => ({
  code: result.ok ? 'done' : result.rejection.code,
});

/** Counts uses that a person has made before. */
async function spend(limit: Limit, key: string, times: number): Promise<void> {
  await runConcurrently(times, 20, () => consume(portal.db, limit, key));
}

async function countOf(query: ReturnType<typeof sql>): Promise<number> {
  const rows = await portal.db.execute<{ found: number }>(query);
  return rows[0]?.found ?? -1;
}

const filesOf = (actor: Actor) =>
  countOf(sql`select count(*)::integer as found from exchanges where user_id = ${userIdOf(actor)}::uuid`);
const entriesOf = (actor: Actor) =>
  countOf(sql`select count(*)::integer as found from audit_entries where user_id = ${userIdOf(actor)}::uuid`);

async function makePress(customer: TestCustomer) {
  const entitlement = await makeEntitlement(portal, customer);
  const device = await makeDevice(portal, entitlement);
  const answered = await exchange(portal.contextFor(customer.member), await device.request());
  const activationId = await activationOf(portal, answered);
  const rows = await portal.db.execute<{ id: string }>(
    sql`select device_id as id from activations where id = ${activationId}::uuid`,
  );
  return { device, entitlement, activationId, answered, deviceId: rows[0]?.id ?? '' };
}

describe('files', () => {
  it('that cannot be opened are taken in by the hundred and not by the thousand, at one portal and another', async () => {
    const { member, admin } = await makeCustomer(portal);
    const [here, there] = [portal.contextFor(member), replica.contextFor(member)];
    const results = await runConcurrently(700, 20, (index) =>
      perform(submitFile, rubbish(index), index % 2 === 0 ? here : there),
    );
    expect(tally(results.map(codeOf))).toEqual({ done: 500, 'too-many-refusals': 200 });
    expect(await filesOf(member)).toBe(500);
    // One entry for each file that was refused, and one that says that no more follow.
    expect(await entriesOf(member)).toBe(501);
    const held = results.find((result) => !result.ok);
    const retryAt = held?.ok === false ? Date.parse(String(held.rejection.facts.retryAt)) : 0;
    expect(retryAt).toBeGreaterThan(Date.now());
    expect(retryAt).toBeLessThanOrEqual(Date.now() + 3_600_000);
    expect(held).not.toHaveProperty('troubleCode');
    expect(codeOf(await perform(submitFile, rubbish(0), portal.contextFor(admin)))).toEqual({ code: 'done' });
  });

  it('that can be answered are taken in when no more are that cannot', async () => {
    const customer = await makeCustomer(portal);
    const context = portal.contextFor(customer.member);
    await spend(LIMITS.refusedFilesByPerson, userIdOf(customer.member) ?? '', LIMITS.refusedFilesByPerson.points);
    expect(codeOf(await perform(submitFile, rubbish(0), context))).toEqual({ code: 'too-many-refusals' });
    const device = await makeDevice(portal, await makeEntitlement(portal, customer));
    const unknown = new TextEncoder().encode(await device.request({ activationCode: generateActivationCode() }));
    expect(codeOf(await perform(submitFile, { fileName: null, bytes: unknown }, context))).toEqual({ code: 'too-many-refusals' });
    expect(await filesOf(customer.member)).toBe(0);
    expect((await exchange(context, await device.request())).code).toBe('done');
  });

  it('that are wrong fifty times leave the right one its answer', async () => {
    const customer = await makeCustomer(portal);
    const context = portal.contextFor(customer.member);
    await runConcurrently(50, 10, (index) => perform(submitFile, rubbish(index), context));
    const device = await makeDevice(portal, await makeEntitlement(portal, customer));
    expect((await exchange(context, await device.request())).code).toBe('done');
  });

  it('that are answered count no longer, those that wait do, and an hour later nothing does', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const customer = await makeCustomer(portal);
    const context = portal.contextFor(customer.member);
    const { device, entitlement } = await makePress(customer);
    await spend(LIMITS.filesByPerson, userIdOf(customer.member) ?? '', LIMITS.filesByPerson.points - 1);
    for (let round = 0; round < 3; round += 1) {
      const other = await makeDevice(portal, entitlement);
      expect((await exchange(context, await other.request())).code).toBe('done');
    }
    const bytes = new TextEncoder().encode(await device.request());
    expect(codeOf(await perform(submitFile, { fileName: null, bytes }, context))).toEqual({ code: 'done' });
    expect(codeOf(await perform(submitFile, { fileName: null, bytes }, context))).toEqual({ code: 'too-many-files' });
    vi.setSystemTime(Date.now() + 61 * 60_000);
    expect(codeOf(await perform(submitFile, { fileName: null, bytes }, context))).toEqual({ code: 'done' });
  });

  it('that support looks into are counted as well', async () => {
    const support = await makeSupport(portal);
    await spend(LIMITS.filesByPerson, userIdOf(support) ?? '', LIMITS.filesByPerson.points);
    expect(codeOf(await perform(inspectFile, rubbish(0), portal.contextFor(support)))).toEqual({ code: 'too-many-files' });
  });

  it('that were answered before are answered again and again, and written down no more than refusals', async () => {
    const customer = await makeCustomer(portal);
    const { answered } = await makePress(customer);
    const context = portal.contextFor(customer.member);
    await spend(LIMITS.refusalsByPerson, userIdOf(customer.member) ?? '', LIMITS.refusalsByPerson.points - 10);
    const before = await filesOf(customer.member);
    const ask = () => perform(commitFile, { submissionId: answered.submissionId }, context);
    const results = await runConcurrently(30, 10, ask);
    expect(new Set(results.map((result) => result.ok && result.value.exchangeId))).toEqual(new Set([answered.exchangeId]));
    expect(await filesOf(customer.member)).toBe(before + 10);
  });
});

describe('refused commands', () => {
  it('are written down as often as can be a mistake, and what can be done is done', async () => {
    const customer = await makeCustomer(portal);
    const { deviceId } = await makePress(customer);
    const { member } = customer;
    const context = portal.contextFor(member);
    await spend(LIMITS.refusalsByPerson, userIdOf(member) ?? '', LIMITS.refusalsByPerson.points - 200);
    const before = await entriesOf(member);
    const results = await runConcurrently(300, 20, () => perform(renameDevice, { deviceId, name: '' }, context));
    expect(tally(results.map(codeOf))).toEqual({ 'input-refused': 200, 'too-many-refusals': 100 });
    expect(await entriesOf(member)).toBe(before + 201);
    expect(codeOf(await perform(renameDevice, { deviceId, name: 'Press 9' }, context))).toEqual({ code: 'done' });
    const { rejection, ...refused } = await refusedBy(renameDevice, { deviceId: randomUUID(), name: 'Mine' }, context);
    expect(rejection).toEqual({ code: 'too-many-refusals', facts: { retryAt: expect.any(String) } });
    expect(refused).not.toHaveProperty('troubleCode');
  });

  it.each<[string, () => Promise<[Operation<unknown, unknown>, unknown, OperationContext]>]>([
    [
      'with an entry of its own',
      async () => {
        const customer = await makeCustomer(portal);
        const { activationId } = await makePress(customer);
        const input = { activationId, reason: 'lost' };
        return [releaseSeat as Operation<unknown, unknown>, input, portal.contextFor(customer.member)];
      },
    ],
    [
      'with an entry about a person',
      async () => {
        const { admin } = await makeCustomer(portal);
        return [removePerson as Operation<unknown, unknown>, { personId: userIdOf(admin) }, portal.contextFor(admin)];
      },
    ],
    [
      'with a file of its own',
      async () => {
        const customer = await makeCustomer(portal);
        const { activationId, entitlement } = await makePress(customer);
        await portal.db.execute(sql`update entitlements set disabled_at = now() where id = ${entitlement.id}::uuid`);
        return [issueRefresh as Operation<unknown, unknown>, { activationId }, portal.contextFor(customer.member)];
      },
    ],
    [
      'that cannot answer a file any more',
      async () => {
        const customer = await makeCustomer(portal);
        const { device, entitlement } = await makePress(customer);
        const context = portal.contextFor(customer.member);
        const bytes = new TextEncoder().encode(await device.request());
        const submitted = await perform(submitFile, { fileName: null, bytes }, context);
        await portal.db.execute(sql`update entitlements set disabled_at = now() where id = ${entitlement.id}::uuid`);
        const submissionId = submitted.ok ? submitted.value.submissionId : '';
        return [commitFile as Operation<unknown, unknown>, { submissionId }, context];
      },
    ],
  ])('%s are counted too', async (_, make) => {
    const [operation, input, context] = await make();
    const actor = context.actor as Actor;
    const first = await refusedBy(operation, input, context);
    expect(first.troubleCode).toEqual(expect.any(String));
    await spend(LIMITS.refusalsByPerson, userIdOf(actor) ?? '', LIMITS.refusalsByPerson.points - 1);
    const [files, entries] = [await filesOf(actor), await entriesOf(actor)];
    for (let round = 0; round < 3; round += 1) {
      expect(await refusedBy(operation, input, context)).toMatchObject({ rejection: { code: 'too-many-refusals' } });
    }
    // One entry says that no more follow.
    expect([await filesOf(actor), await entriesOf(actor)]).toEqual([files, entries + 1]);
  });

  it('of support that looks as somebody count against support', async () => {
    const { member } = await makeCustomer(portal);
    const support = await makeSupport(portal);
    const impersonator = { userId: userIdOf(support) ?? '', label: support.label };
    await spend(LIMITS.refusalsByPerson, impersonator.userId, LIMITS.refusalsByPerson.points);
    const viewer = { ...member, readOnlyReason: 'view-only', impersonator } as Actor;
    const input = { deviceId: randomUUID(), name: 'Mine' };
    expect(await refusedBy(renameDevice, input, portal.contextFor(viewer))).toMatchObject({
      rejection: { code: 'too-many-refusals' },
    });
    expect(await refusedBy(renameDevice, input, portal.contextFor(member))).toMatchObject({ rejection: { code: 'not-found' } });
  });
});

describe('what can be done', () => {
  it('is bounded by the hour, for whoever does it', async () => {
    const customer = await makeCustomer(portal);
    const { deviceId } = await makePress(customer);
    await spend(LIMITS.actsByPerson, userIdOf(customer.member) ?? '', LIMITS.actsByPerson.points);
    const rename = (actor: Actor) =>
      perform(renameDevice, { deviceId, name: `Press ${randomUUID().slice(0, 4)}` }, portal.contextFor(actor));
    expect(codeOf(await rename(customer.member))).toEqual({ code: 'too-many-acts' });
    expect(codeOf(await rename(customer.admin))).toEqual({ code: 'done' });
  });

  it('is bounded for each device that is refreshed, not for whoever has many of them', async () => {
    const customer = await makeCustomer(portal);
    const [one, other] = [await makePress(customer), await makePress(customer)];
    await spend(LIMITS.refreshesByDevice, one.activationId, 119);
    const refresh = (activationId: string) => perform(issueRefresh, { activationId }, portal.contextFor(customer.member));
    expect(codeOf(await refresh(one.activationId))).toEqual({ code: 'done' });
    expect(codeOf(await refresh(one.activationId))).toEqual({ code: 'too-many-refreshes' });
    expect(codeOf(await refresh(other.activationId))).toEqual({ code: 'done' });
  });
});

describe('no budget', () => {
  it('counts for the operator, nor for whom the operator acts in the name of', async () => {
    const { member } = await makeCustomer(portal);
    const { filesByPerson, refusedFilesByPerson, refusalsByPerson, actsByPerson } = LIMITS;
    for (const limit of [filesByPerson, refusedFilesByPerson, refusalsByPerson, actsByPerson]) {
      await spend(limit, userIdOf(member) ?? '', limit.points);
    }
    const inTheirName = { ...portal.contextFor(member), byOperator: true };
    expect(codeOf(await perform(submitFile, rubbish(0), inTheirName))).toEqual({ code: 'done' });
    expect(await refusedBy(renameDevice, { deviceId: randomUUID(), name: '' }, inTheirName)).toMatchObject({
      rejection: { code: 'input-refused' },
    });
    const operator = portal.contextFor(OPERATOR);
    const results = await runConcurrently(520, 20, (index) => perform(submitFile, rubbish(index), operator));
    expect(tally(results.map(codeOf))).toEqual({ done: 520 });
  });
});

it('applications that ask about keys that name no licence are told to wait, and those of a licence are not', async () => {
  await makeKeygenKeys(portal);
  const context = portal.contextFor({ role: 'application', label: 'Keygen API', client: '192.0.2.8' });
  await spend(LIMITS.missesByApplication, '192.0.2.8', LIMITS.missesByApplication.points - 1);
  const ask = () => perform(validateKey, { key: randomUUID() }, context);
  expect(await ask()).toMatchObject({ ok: true, value: { code: 'NOT_FOUND' } });
  expect(await ask()).toMatchObject({ ok: false, rejection: { code: 'too-many-attempts' } });
});

async function refusedBy<Input, Value>(operation: Operation<Input, Value>, input: unknown, context: OperationContext) {
  const result = await perform(operation, input, context);
  if (result.ok) throw new Error(`expected ${operation.name} to be refused, found it done`);
  return result;
}
