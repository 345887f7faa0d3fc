import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readUnsealed } from '@/db/audit/write-seals';
import { holdLock } from '@/db/testing/hold-lock';
import { perform } from '../operation';
import { countUnsealed, readChains, writeEntries } from '../testing/read-chains';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { sealAudit, sealUpToNow } from './seal-audit';

let portal: TestPortal;
let customer: TestCustomer;
let other: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
  customer = await makeCustomer(portal);
  other = await makeCustomer(portal, 'Southgate Works');
});

afterAll(() => portal.close());

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Expects sequences 1, 2, 3 … in every chain, entries in the order of their ids, and a checkpoint at the end. */
async function expectSound(): Promise<void> {
  for (const { sequences, auditIds, checkpoints } of await readChains(portal)) {
    expect(sequences).toEqual(upTo(sequences.length));
    expect(auditIds).toEqual([...auditIds].sort((one, another) => one - another));
    expect(checkpoints.at(-1)).toBe(sequences.length);
  }
}

/** Begins a transaction that has drawn an id and stays open. */
async function holdEntry(): Promise<{ end(how: 'commit' | 'rollback'): Promise<void> }> {
  const sql = postgres(portal.ownerUrl, { max: 1, onnotice: () => undefined });
  const held = await sql.reserve();
  await held`begin`;
  await held`insert into audit_entries (at, customer_id, actor, role, action) values (now(), ${customer.id}, 'late', 'member', 'seat.taken')`;
  return {
    async end(how) {
      await held.unsafe(how);
      held.release();
      await sql.end();
    },
  };
}

/** Ends the connections of the portal that wait for a lock, as a killed process does. */
async function endWaiting(): Promise<void> {
  const sql = postgres(portal.url, { max: 1, onnotice: () => undefined });
  await sql`
    select pg_terminate_backend(s.pid) from pg_stat_activity s
    where s.datname = current_database() and s.pid in (select pid from pg_locks where not granted)`;
  await sql.end();
}

describe('sealing the audit', () => {
  it('gives every entry its place in the chain of its customer, and the vendor’s in theirs', async () => {
    await writeEntries(portal, { customerId: customer.id, count: 3 });
    await writeEntries(portal, { customerId: null, count: 2 });
    await writeEntries(portal, { customerId: customer.id, count: 1 });
    const result = await perform(sealAudit, {}, portal.contextFor(OPERATOR));
    expect(result).toMatchObject({ ok: true, value: { sealed: 6, waiting: false } });
    const lengths = (await readChains(portal)).map(({ chain, sequences }) => [chain, sequences.length]);
    expect(Object.fromEntries(lengths)).toEqual({ [customer.id]: 4, vendor: 2 });
    await expectSound();
  });

  it('does nothing where nothing is new', async () => {
    const before = await readChains(portal);
    expect(await sealUpToNow(portal)).toEqual({ sealed: 0, waiting: false });
    expect(await readChains(portal)).toEqual(before);
  });

  it('by several workers at once seals each entry once, without a gap', async () => {
    for (const { id } of [customer, other, customer]) await writeEntries(portal, { customerId: id, count: 700 });
    const outcomes = await Promise.all(upTo(4).map(() => sealUpToNow(portal)));
    expect(outcomes.reduce((sum, { sealed }) => sum + sealed, 0)).toBe(2100);
    expect(await countUnsealed(portal)).toBe(0);
    await expectSound();
  });

  it('goes on where a worker was killed', async () => {
    await writeEntries(portal, { customerId: customer.id, count: 1200 });
    const before = await countUnsealed(portal);
    const lock = await holdLock(portal.ownerUrl, 'lock table audit_checkpoints in exclusive mode');
    const killed = sealUpToNow(portal).then(
      () => 'sealed',
      () => 'died',
    );
    await lock.waiting(1);
    await endWaiting();
    expect(await killed).toBe('died');
    await lock.letGo();
    expect(await countUnsealed(portal)).toBe(before);
    await sealUpToNow(portal);
    expect(await countUnsealed(portal)).toBe(0);
    await expectSound();
  });

  it('waits for an id that was drawn and is not committed, and then seals in order', async () => {
    const late = await holdEntry();
    await writeEntries(portal, { customerId: customer.id, count: 5 });
    // Without waiting, these five would be sealed now, and the one below them after them.
    expect((await readUnsealed(portal.db, { horizon: Number.MAX_SAFE_INTEGER, limit: 10 })).entries).toHaveLength(5);
    expect(await sealUpToNow(portal, 0)).toEqual({ sealed: 0, waiting: true });
    expect(await countUnsealed(portal)).toBe(5);
    await late.end('commit');
    expect(await sealUpToNow(portal)).toEqual({ sealed: 6, waiting: false });
    await expectSound();
  });

  it('is not held up by an id that came to nothing', async () => {
    const late = await holdEntry();
    await writeEntries(portal, { customerId: null, count: 1 });
    await late.end('rollback');
    expect(await sealUpToNow(portal, 0)).toEqual({ sealed: 1, waiting: false });
    await expectSound();
  });
});
