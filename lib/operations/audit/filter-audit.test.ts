import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { assignEntitlement, disableEntitlement, enableEntitlement } from '../entitlements/change-entitlement';
import { createCode, withdrawCode } from '../entitlements/manage-codes';
import { submitFile } from '../exchange/submit-file';
import { createUser } from '../people/create-user';
import { activationOf, exchange } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { listAudit } from './list-audit';

let portal: TestPortal;
let customer: TestCustomer;
let entitlementId: string;
let deviceId: string;
let memberId: string;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  memberId = customer.member.role === 'member' ? customer.member.userId : '';
  const entitlement = await makeEntitlement(portal, customer);
  entitlementId = entitlement.id;
  const context = portal.contextFor(customer.member);
  const activation = await activationOf(portal, await exchange(context, await (await makeDevice(portal, entitlement)).request()));
  const rows = await portal.db.execute<{ id: string }>(sql`select device_id as id from activations where id = ${activation}`);
  deviceId = rows[0]?.id ?? '';
  const notARequest = { fileName: null, bytes: new TextEncoder().encode('Not a request.') };
  await done(submitFile, notARequest, portal.contextFor(customer.stranger));
});

afterAll(() => portal.close());

const list = (actor: Actor, input: object = {}) => done(listAudit, input, portal.contextFor(actor));

const actionsFor = async (actor: Actor, input: object = {}) => (await list(actor, input)).rows.map(({ action }) => action);

describe('asking for a part of the audit', () => {
  const DAY_MS = 86_400_000;
  const today = () => new Date().toISOString().slice(0, 10);
  const yesterday = () => new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);

  it('goes by kind, by part of a name, by order reference and by address', async () => {
    expect(new Set(await actionsFor(customer.admin, { kind: 'seats' }))).toEqual(new Set(['seat.taken']));
    expect(new Set(await actionsFor(customer.admin, { kind: 'files' }))).toEqual(new Set(['file.previewed', 'file.refused']));
    expect(await actionsFor(customer.admin, { kind: 'vendor' })).toEqual([]);
    expect(await actionsFor(customer.admin, { entitlementId })).toContain('seat.taken');
    const { rows } = await list(customer.admin, { deviceId });
    const name = rows[0]?.deviceName ?? '';
    expect(await actionsFor(customer.admin, { about: name.slice(1).toUpperCase() })).toContain('seat.taken');
    expect(await actionsFor(customer.admin, { about: 'no such device' })).toEqual([]);
    expect(new Set(await actionsFor(customer.admin, { who: 'STRANGER-' }))).toEqual(new Set(['file.refused']));
    expect(await actionsFor(customer.admin, { who: '%' })).toEqual([]);
  });

  it('goes by days, both of them included', async () => {
    const all = await actionsFor(customer.admin);
    expect(await actionsFor(customer.admin, { from: yesterday(), to: today() })).toEqual(all);
    expect(await actionsFor(customer.admin, { to: yesterday() })).toEqual([]);
    expect(await actionsFor(customer.admin, { from: '9998-12-31' })).toEqual([]);
  });

  it.each([
    { from: '0000-01-01', to: '9999-12-31' },
    { from: "2026-02-30'", kind: 'nothing' },
    { after: '99999999999999999999', before: '-1' },
    { who: '\u0000', about: '\ud800', customer: '\u0000' },
  ])('shows everything for what is none: %j', async (input) => {
    expect(await actionsFor(customer.admin, input)).toEqual(await actionsFor(customer.admin));
  });

  it('is within the scope, whatever is asked for', async () => {
    for (const input of [{ who: 'stranger' }, { kind: 'files', about: 'Pro' }, { entitlementId }, { customer: customer.code }]) {
      const seen = await actionsFor(customer.stranger, input);
      expect(seen.filter((action) => action !== 'file.refused')).toEqual([]);
    }
  });

  it('links a member only to what they may see', async () => {
    const { rows } = await list(customer.member, { kind: 'seats' });
    expect(rows[0]).toMatchObject({ deviceId, entitlementId });
    await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${entitlementId}`);
    const [taken] = (await list(customer.member, { kind: 'seats' })).rows;
    expect(taken).toMatchObject({ action: 'seat.taken', deviceId: null, entitlementId: null });
    expect(taken?.deviceName).not.toBeNull();
    await portal.db.execute(sql`
      insert into entitlement_assignments (customer_id, entitlement_id, user_id, created_at)
      values (${customer.id}, ${entitlementId}, ${memberId}, now())`);
  });
});

describe('what the operator does for a customer', () => {
  it('is seen by its administrators', async () => {
    const asOperator = portal.contextFor(OPERATOR);
    const { id, codeId } = await makeEntitlement(portal, customer);
    const named = { customer: customer.code, email: `new-${customer.code}@example.com` };
    await done(createUser, { ...named, name: 'New', role: 'member' }, asOperator);
    await done(createCode, { entitlementIds: [id] }, asOperator);
    await done(withdrawCode, { code: codeId }, asOperator);
    await done(disableEntitlement, { entitlementId: id }, asOperator);
    await done(enableEntitlement, { entitlementId: id }, asOperator);
    await done(assignEntitlement, { entitlementId: id, emails: [named.email] }, asOperator);
    const seen = (await list(customer.admin)).rows.filter(({ role }) => role === 'operator').map(({ action }) => action);
    const told = [
      'user.created',
      'code.created',
      'code.withdrawn',
      'entitlement.disabled',
      'entitlement.enabled',
      'entitlement.assigned',
    ];
    expect(seen).toEqual(told.reverse());
  });
});
