import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import type { Actor } from '../actor';
import { requirePerson } from '../actor';
import { withdrawClaim } from '../claims/answer-claim';
import { renameDevice } from '../devices/rename-device';
import { showDevice } from '../devices/show-device';
import { disableEntitlement } from '../entitlements/change-entitlement';
import { withdrawCode } from '../entitlements/manage-codes';
import { commitFile } from '../exchange/commit-file';
import { guestCommit } from '../guest/guest-commit';
import { revokeCalendarLink } from '../leases/calendar-link';
import { issueRefresh } from '../leases/issue-refresh';
import type { Operation } from '../operation';
import { perform } from '../operation';
import { assignPerson } from '../people/assign-person';
import { removePerson } from '../people/change-person';
import { releaseSeat } from '../seats/release-seat';
import { switchOffSecondFactor } from '../sign-in/change-second-factor';
import { sessionEnd } from '../sign-in/session-end';
import { searchEverything } from '../support/search-everything';
import { activationOf, exchange } from '../testing/exchange';
import { makeGuest } from '../testing/guest';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { makeVisitor } from '../testing/visitor';
import { listAudit } from './list-audit';

let portal: TestPortal;
let customer: TestCustomer;
let support: Actor;
/** A seat of the customer's member, and one of another customer. */
let own: Seat;
let foreign: Seat;

interface Seat {
  readonly entitlementId: string;
  readonly activationId: string;
  readonly deviceId: string;
}

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  support = await makeSupport(portal);
  own = await makeSeat(customer);
  foreign = await makeSeat(await makeCustomer(portal, 'Southgate Works'));
});

afterAll(() => portal.close());

async function makeSeat(of: TestCustomer): Promise<Seat> {
  const entitlement = await makeEntitlement(portal, of);
  const device = await makeDevice(portal, entitlement);
  const activationId = await activationOf(portal, await exchange(portal.contextFor(of.member), await device.request()));
  const rows = await portal.db.execute<{ id: string }>(sql`select device_id as id from activations where id = ${activationId}`);
  return { entitlementId: entitlement.id, activationId, deviceId: rows[0]?.id ?? '' };
}

/** Performs a command that is refused, and returns the trouble code. */
async function refused<Input, Value>(operation: Operation<Input, Value>, input: unknown, actor: Actor): Promise<string> {
  const result = await perform(operation, input, portal.contextFor(actor));
  if (result.ok) throw new Error(`expected ${operation.name} to be refused, found it done`);
  expect(isTroubleCode(result.troubleCode ?? '')).toBe(true);
  return result.troubleCode ?? '';
}
async function entriesOf(troubleCode: string) {
  const rows = await portal.db.execute<
    Record<string, unknown>
  >(sql`select action, code, actor, role, customer_id, entitlement_id, device_id,
    activation_id, detail from audit_entries where trouble_code = ${troubleCode} order by id`);
  return [...rows];
}
const nothingNamed = { entitlement_id: null, device_id: null, activation_id: null };

describe('a refused act', () => {
  it.each<[string, () => [Operation<unknown, unknown>, unknown, Actor], Record<string, unknown>]>([
    [
      'of a role that may not',
      () => [removePerson as Operation<unknown, unknown>, { personId: randomUUID() }, customer.member],
      { action: 'person.act-refused', code: 'not-allowed' },
    ],
    [
      'with input that is none',
      () => [renameDevice as Operation<unknown, unknown>, { deviceId: own.deviceId, name: '' }, customer.member],
      { action: 'device.act-refused', code: 'input-refused' },
    ],
    [
      'on what is not there',
      () => [withdrawClaim as Operation<unknown, unknown>, { claimId: randomUUID() }, customer.member],
      { action: 'claim.act-refused', code: 'not-found', ...nothingNamed },
    ],
    [
      'on a session of nobody',
      () => [sessionEnd as Operation<unknown, unknown>, { session: randomUUID() }, customer.member],
      { action: 'session.act-refused', code: 'not-found' },
    ],
    [
      'without a calendar link',
      () => [revokeCalendarLink as Operation<unknown, unknown>, {}, customer.admin],
      { action: 'session.act-refused', code: 'not-found' },
    ],
    [
      'of the operator’s, by support',
      () => [withdrawCode as Operation<unknown, unknown>, {}, support],
      { action: 'entitlement.act-refused', code: 'not-allowed', customer_id: null },
    ],
    [
      'that assigns what is another customer’s',
      () => [
        assignPerson as Operation<unknown, unknown>,
        { personId: requirePerson(customer.member).userId, assign: [foreign.entitlementId] },
        customer.admin,
      ],
      { action: 'entitlement.act-refused', code: 'not-found', ...nothingNamed },
    ],
  ])('%s is in the audit under the code that is shown', async (_, make, expected) => {
    const [operation, input, actor] = make();
    const entries = await entriesOf(await refused(operation, input, actor));
    expect(entries).toHaveLength(1);
    const customer_id = actor.role === 'support' ? null : customer.id;
    expect(entries[0]).toMatchObject({ actor: actor.label, role: actor.role, customer_id, ...expected });
    expect(entries[0]?.detail).toMatchObject({ operation: operation.name });
  });

  it('that the command itself writes down is there once, under the code that is shown', async () => {
    const input = { activationId: own.activationId, reason: 'lost' };
    const entries = await entriesOf(await refused(releaseSeat, input, customer.member));
    expect(entries).toEqual([expect.objectContaining({ action: 'seat.release-refused', code: 'release-not-allowed' })]);
  });

  it('is about what it names, as far as its actor sees it', async () => {
    const seen = await entriesOf(await refused(renameDevice, { deviceId: own.deviceId, name: '' }, customer.member));
    expect(seen[0]).toMatchObject({ device_id: own.deviceId });
    const blind = await entriesOf(await refused(renameDevice, { deviceId: own.deviceId, name: '' }, customer.stranger));
    expect(blind[0]).toMatchObject({ customer_id: customer.id, ...nothingNamed });
    const { deviceId } = foreign;
    const strange = await entriesOf(await refused(renameDevice, { deviceId, name: 'Mine' }, customer.admin));
    expect(strange[0]).toMatchObject({ customer_id: customer.id, code: 'not-found', ...nothingNamed });
    expect(JSON.stringify(strange)).not.toContain(deviceId);
  });

  it('of support is in the audit of the customer whose thing it names', async () => {
    const { entitlementId } = own;
    const [entry] = await entriesOf(await refused(disableEntitlement, { entitlementId }, support));
    expect(entry).toMatchObject({ role: 'support', customer_id: customer.id, entitlement_id: entitlementId });
  });

  it('keeps nothing of what was typed', async () => {
    const code = '314159';
    const [entry] = await entriesOf(await refused(switchOffSecondFactor, { code }, customer.member));
    expect(entry).toMatchObject({ action: 'session.act-refused', code: 'second-factor-off' });
    expect(JSON.stringify(entry)).not.toContain(code);
  });

  it('of who looks as somebody else is support’s own', async () => {
    const impersonator = requirePerson(support);
    const viewer = { ...customer.member, readOnlyReason: 'view-only', impersonator } as Actor;
    const [entry] = await entriesOf(await refused(renameDevice, { deviceId: own.deviceId, name: 'Mine' }, viewer));
    expect(entry).toMatchObject({ code: 'view-only', actor: support.label, role: 'support', customer_id: customer.id });
  });

  it('with a file is found by the code of the file’s own row', async () => {
    await portal.db.execute(sql`update entitlements set disabled_at = now() where id = ${own.entitlementId}`);
    const code = await refused(issueRefresh, { activationId: own.activationId }, customer.member);
    await portal.db.execute(sql`update entitlements set disabled_at = null where id = ${own.entitlementId}`);
    expect(await entriesOf(code)).toEqual([]);
    const rows = await portal.db.execute(sql`select activation_id, code from exchanges where trouble_code = ${code}`);
    expect([...rows]).toEqual([{ activation_id: own.activationId, code: 'entitlement-disabled' }]);
  });
});

describe('support finds a refused act', () => {
  it('by the code, typed in any case or copied with its reason, and sees who, when, what and why', async () => {
    const code = await refused(renameDevice, { deviceId: own.deviceId, name: '' }, customer.member);
    for (const text of [code, code.toLowerCase(), `input-refused · ${code}`]) {
      const { groups } = await done(searchEverything, { text }, portal.contextFor(support));
      expect(groups).toMatchObject([{ kind: 'attempt', hits: [{ value: code, customerId: customer.id }] }]);
    }
    const { rows } = await done(listAudit, { troubleCode: code }, portal.contextFor(support));
    expect(rows).toMatchObject([
      {
        ...{ action: 'device.act-refused', code: 'input-refused', troubleCode: code },
        ...{ actor: customer.member.label, deviceId: own.deviceId, customerCode: customer.code },
      },
    ]);
  });

  it('and no other customer does', async () => {
    const code = await refused(renameDevice, { deviceId: own.deviceId, name: '' }, customer.member);
    const { admin } = await makeCustomer(portal, 'Eastgate Works');
    const listed = (actor: Actor) => done(listAudit, { troubleCode: code }, portal.contextFor(actor));
    expect((await listed(admin)).rows).toEqual([]);
    expect((await listed(customer.stranger)).rows).toEqual([]);
    expect((await listed(customer.admin)).rows).toHaveLength(1);
  });

  it('and not by a code with a slip in it', async () => {
    const result = await perform(listAudit, { troubleCode: 'AAAAAA' }, portal.contextFor(support));
    expect(result).toMatchObject({ rejection: { code: 'input-refused' } });
  });
});

describe('no trouble code', () => {
  it.each<[string, () => [Operation<unknown, unknown>, unknown, Actor]]>([
    ['for a question', () => [showDevice as Operation<unknown, unknown>, { deviceId: randomUUID() }, customer.member]],
    ['for the operator', () => [renameDevice as Operation<unknown, unknown>, {}, OPERATOR]],
    ['for a guest', () => [guestCommit as Operation<unknown, unknown>, { submissionId: randomUUID() }, makeGuest()]],
    ['for a visitor', () => [commitFile as Operation<unknown, unknown>, { submissionId: randomUUID() }, makeVisitor()]],
  ])('%s, and no entry', async (_, make) => {
    const [operation, input, actor] = make();
    const count = async () => (await portal.db.execute(sql`select count(*)::integer as entries from audit_entries`))[0];
    const before = await count();
    const result = await perform(operation, input, portal.contextFor(actor));
    expect(result).toMatchObject({ ok: false });
    expect(result).not.toHaveProperty('troubleCode');
    expect(await count()).toEqual(before);
  });
});
