import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditFilter, AuditPage } from '@/db/audit/page-of-audit';
import { auditQuery } from '@/db/audit/read-audit';
import type { Scope } from '@/db/scope';
import type { Actor } from '../actor';
import { perform } from '../operation';
import { activationOf, exchange } from '../testing/exchange';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { listAudit } from './list-audit';

let portal: TestPortal;
let customer: TestCustomer;
let other: TestCustomer;
let entitlementId: string;
let deviceId: string;
let memberId: string;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  other = await makeCustomer(portal, 'Southgate Works');
  memberId = customer.member.role === 'member' ? customer.member.userId : '';
  const entitlement = await makeEntitlement(portal, customer);
  entitlementId = entitlement.id;
  const context = portal.contextFor(customer.member);
  const activation = await activationOf(portal, await exchange(context, await (await makeDevice(portal, entitlement)).request()));
  const rows = await portal.db.execute<{ id: string }>(sql`select device_id as id from activations where id = ${activation}`);
  deviceId = rows[0]?.id ?? '';
  await exchange(portal.contextFor(customer.stranger), 'Not a request.');
});

afterAll(() => portal.close());

async function list(actor: Actor, input: object = {}) {
  const result = await perform(listAudit, input, portal.contextFor(actor));
  if (!result.ok) throw new Error(`expected a list, found ${result.rejection.code}`);
  return result.value;
}

const actionsFor = async (actor: Actor, input: object = {}) => (await list(actor, input)).rows.map(({ action }) => action);

describe('the audit as people see it', () => {
  it('is for a member what they did and what happened on their entitlements', async () => {
    expect(await actionsFor(customer.member)).toEqual(['seat.taken', 'file.previewed']);
    expect(new Set(await actionsFor(customer.stranger))).toEqual(new Set(['file.refused', 'file.act-refused']));
  });

  it('is for an administrator the whole customer, refused attempts with their trouble code', async () => {
    const { rows } = await list(customer.admin);
    expect(new Set(rows.map(({ action }) => action))).toEqual(
      new Set(['file.refused', 'file.act-refused', 'seat.taken', 'file.previewed']),
    );
    expect(rows[0]).toMatchObject({ code: 'file-not-recognised', troubleCode: expect.stringMatching(/^[2-9A-Z]{6}$/) });
    expect(new Set(await actionsFor(customer.admin, { refusedOnly: true }))).toEqual(
      new Set(['file.refused', 'file.act-refused']),
    );
    expect(await actionsFor(customer.admin, { deviceId })).toContain('seat.taken');
    expect(await actionsFor(customer.admin, { userId: memberId })).toEqual(['seat.taken', 'file.previewed']);
  });

  it('is nothing for another customer, whatever it asks for', async () => {
    for (const actor of [other.admin, other.member]) {
      for (const input of [
        {},
        { deviceId },
        { customer: customer.code },
        { userId: memberId },
        { who: 'member' },
        { about: 'press' },
      ]) {
        expect(await actionsFor(actor, input)).toEqual([]);
      }
    }
  });

  it('is everything for support, or one customer', async () => {
    const support = await makeSupport(portal);
    expect(await actionsFor(support, { customer: customer.code })).toContain('seat.taken');
    expect(await actionsFor(support, { customer: 'Southgate' })).toEqual([]);
  });
});

describe('pages of a long audit', () => {
  const ROWS = 30_000;

  beforeAll(async () => {
    const owner = postgres(portal.ownerUrl, { max: 1 });
    await owner`
      insert into audit_entries (at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id)
      select now(), case n % 3 when 0 then ${other.id}::uuid else ${customer.id}::uuid end,
        case n % 50 when 1 then ${memberId}::uuid else gen_random_uuid() end, 'somebody', 'member', 'seat.taken',
        case n % 40 when 0 then 'no-seat-free' end, case n % 20 when 1 then ${entitlementId}::uuid else gen_random_uuid() end,
        case n % 60 when 1 then ${deviceId}::uuid else gen_random_uuid() end
      from generate_series(1, ${ROWS}) n`;
    await owner`vacuum analyze audit_entries`;
    await owner.end();
  });

  const none: AuditFilter = {
    ...{ kind: null, userId: null, deviceId: null, entitlementId: null, who: '', about: '', customer: '' },
    ...{ refusedOnly: false, troubleCode: null, from: null, until: null },
  };
  const scopes = (): Scope[] => [
    { kind: 'own', customerId: customer.id, userId: memberId },
    { kind: 'customer', customerId: customer.id },
    { kind: 'all' },
  ];
  const filters = (): AuditFilter[] => [
    none,
    { ...none, refusedOnly: true },
    { ...none, troubleCode: 'ABC234' },
    { ...none, deviceId },
    { ...none, userId: memberId },
    { ...none, customer: customer.code },
    { ...none, kind: 'people' },
    { ...none, who: 'member' },
    { ...none, about: 'press' },
    { ...none, from: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-01-02T00:00:00Z') },
  ];
  const pages: AuditPage[] = [
    { side: 'older', cursor: null },
    { side: 'older', cursor: ROWS / 2 },
    { side: 'newer', cursor: null },
  ];

  it('are never found by reading the whole audit, from either end, for anybody', async () => {
    for (const scope of scopes()) {
      for (const filter of filters()) {
        for (const page of pages) {
          const query = auditQuery({ scope, filter, page });
          const [row] = await portal.db.execute<{ 'QUERY PLAN': unknown }>(sql`explain (format json) ${query}`);
          const plan = JSON.stringify(row?.['QUERY PLAN']);
          expect(plan).toContain('"Node Type":"Index');
          expect(plan, JSON.stringify({ scope, filter, page })).not.toMatch(
            /"Node Type":"Seq Scan"[^{}]*"Relation Name":"audit_entries"/,
          );
        }
      }
    }
  });

  it('lead from one end to the other and back over the same entries', async () => {
    const forward: number[] = [];
    let page = await list(customer.member);
    forward.push(...page.rows.map(({ id }) => id));
    while (page.older !== null) {
      page = await list(customer.member, { after: page.older });
      forward.push(...page.rows.map(({ id }) => id));
    }
    page = await list(customer.member, { fromEnd: true });
    const backward = page.rows.map(({ id }) => id);
    while (page.newer !== null) {
      page = await list(customer.member, { before: page.newer });
      backward.unshift(...page.rows.map(({ id }) => id));
    }
    expect(forward).toEqual([...new Set(forward)].sort((one, another) => another - one));
    expect(forward.length).toBeGreaterThan(500);
    expect(backward).toEqual(forward);
  });
});
