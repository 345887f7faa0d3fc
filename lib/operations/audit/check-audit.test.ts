import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { perform } from '../operation';
import { countUnsealed, writeEntries } from '../testing/read-chains';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { auditStanding, checkAudit } from './check-audit';
import { sealUpToNow } from './seal-audit';

let portal: TestPortal;
let customer: TestCustomer;
let owner: postgres.Sql;

const SUPPORT: Actor = { role: 'support', userId: randomUUID(), label: 'support' };
/** The clock of these tests. */
const NOW = new Date('2031-05-01T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const SOUND = { unsealed: 0, oldestAt: null };

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  owner = postgres(portal.ownerUrl, { max: 1, onnotice: () => undefined });
});

afterAll(async () => {
  await owner.end();
  await portal.close();
});

beforeEach(async () => {
  await sealUpToNow(portal);
});

/** Writes an entry of the customer at an instant, under a given id if there is one. */
async function writeEntry(at: Date, id: number | null = null): Promise<void> {
  await owner`insert into audit_entries (id, at, customer_id, actor, role, action) overriding system value
    values (coalesce(${id}::bigint, nextval('audit_entries_id_seq')), ${at}, ${customer.id}, 'somebody', 'member', 'seat.taken')`;
}

const check = async (whole: boolean, now = NOW) => {
  const result = await perform(checkAudit, { whole }, { ...portal.contextFor(OPERATOR), now });
  if (!result.ok) throw new Error(`expected a check, found ${result.rejection.code}`);
  return result.value;
};
const told = async (action: string) => {
  return (await owner<{ detail: unknown }[]>`select detail from audit_entries where action = ${action} order by id`).map(
    ({ detail }) => detail,
  );
};

describe('checking that the audit is sealed', () => {
  it('finds nothing where all is sealed, or what is not is younger than an hour', async () => {
    expect(await check(false)).toEqual({ ...SOUND, leftOut: 0 });
    await writeEntry(ago(59));
    expect(await check(false)).toEqual({ ...SOUND, leftOut: 0 });
    expect(await told('audit.unsealed')).toEqual([]);
  });

  it('tells how many entries are older than an hour and not sealed, once a day in the audit and each time to who asks', async () => {
    for (const minutes of [61, 300, 59]) await writeEntry(ago(minutes));
    const found = { unsealed: 2, oldestAt: ago(300) };
    expect(await check(false)).toEqual({ ...found, leftOut: 0 });
    expect(await check(false)).toEqual({ ...found, leftOut: 0 });
    expect(await perform(auditStanding, {}, { ...portal.contextFor(SUPPORT), now: NOW })).toEqual({ ok: true, value: found });
    expect(await told('audit.unsealed')).toEqual([{ entries: 2, oldestAt: ago(300).toISOString() }]);
    await check(false, new Date(NOW.getTime() + 25 * 3_600_000));
    expect(await told('audit.unsealed')).toHaveLength(2);
    await sealUpToNow(portal);
    expect(await perform(auditStanding, {}, { ...portal.contextFor(SUPPORT), now: NOW })).toEqual({ ok: true, value: SOUND });
  });

  it('once a day looks at every entry, seals what was kept from it however long ago, and tells of it', async () => {
    const [drawn] = await owner<{ id: number }[]>`select nextval('audit_entries_id_seq')::integer as id`;
    await writeEntries(portal, { customerId: customer.id, count: 12_000 });
    await sealUpToNow(portal);
    await writeEntry(ago(90), drawn?.id);
    // Far below where the search begins, so sealing by the minute does not meet it.
    expect(await sealUpToNow(portal)).toEqual({ sealed: 0, waiting: false });
    expect(await check(false)).toEqual({ ...SOUND, leftOut: 0 });
    expect(await countUnsealed(portal)).toBe(1);
    expect(await check(true)).toEqual({ ...SOUND, leftOut: 1 });
    expect(await told('audit.sealed-late')).toEqual([{ entries: 1 }]);
    await sealUpToNow(portal);
    expect(await countUnsealed(portal)).toBe(0);
    expect(await check(true)).toEqual({ ...SOUND, leftOut: 0 });
    expect(await told('audit.sealed-late')).toHaveLength(1);
  });
});

it('before there is a vendor there is nothing to seal with, and nothing to warn of', async () => {
  const fresh = await makeTestPortal();
  const sql = postgres(fresh.ownerUrl, { max: 1, onnotice: () => undefined });
  await sql`truncate vendor cascade`;
  await writeEntries(fresh, { customerId: null, count: 1 });
  const later = { ...fresh.contextFor(OPERATOR), now: new Date(Date.now() + 86_400_000) };
  for (const whole of [false, true]) {
    expect(await perform(checkAudit, { whole }, later)).toEqual({ ok: true, value: { ...SOUND, leftOut: 0 } });
  }
  await sql.end();
  await fresh.close();
});
