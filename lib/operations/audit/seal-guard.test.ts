import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readUnsealed } from '@/db/audit/write-seals';
import { toRowJson } from '@/db/row';
import { verifyExport } from '@/lib/signing/audit/verify-export';
import { perform } from '../operation';
import { countUnsealed, readChains, writeEntries } from '../testing/read-chains';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { exportAudit } from './export-audit';
import { sealUpToNow } from './seal-audit';

let portal: TestPortal;
let customer: TestCustomer;
let other: TestCustomer;
/** A connection with the portal's own database role. */
let intruder: postgres.Sql;
let owner: postgres.Sql;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
  customer = await makeCustomer(portal);
  other = await makeCustomer(portal, 'Southgate Works');
  intruder = postgres(portal.url, { max: 1, onnotice: () => undefined });
  owner = postgres(portal.ownerUrl, { max: 1, onnotice: () => undefined });
});

afterAll(async () => {
  await Promise.all([intruder.end(), owner.end()]);
  await portal.close();
});

/** Leaves five entries of one customer unsealed behind sealed ones. */
beforeEach(async () => {
  await writeEntries(portal, { customerId: customer.id, count: 2 });
  await writeEntries(portal, { customerId: other.id, count: 1 });
  await sealUpToNow(portal);
  await writeEntries(portal, { customerId: customer.id, count: 5 });
});

async function codeOf(statement: PromiseLike<unknown>): Promise<string> {
  try {
    await statement;
    return 'done';
  } catch (error) {
    return error instanceof postgres.PostgresError ? error.code : String(error);
  }
}

interface Given {
  readonly auditId: number;
  readonly sequence: number;
  readonly hash?: string;
}

/** Calls the sealing function as the portal does, with a checkpoint for the given chain. */
async function seal(given: readonly Given[], checkpoints: readonly { chain: string; sequence: number; hash?: string }[]) {
  const seals = given.map((one) => ({ hash: 'made up', ...one }));
  const vouched = checkpoints.map((one) => ({ hash: 'made up', token: 't', at: new Date(), ...one }));
  const [row] = await intruder<
    { done: boolean }[]
  >`select seal_audit(${JSON.stringify(seals.map(toRowJson))}::text::jsonb, ${JSON.stringify(vouched.map(toRowJson))}::text::jsonb) as done`;
  return row?.done;
}

const unsealed = async () =>
  (await readUnsealed(portal.db, { horizon: Number.MAX_SAFE_INTEGER, limit: 100 })).entries.map(({ id }) => Number(id));
const lengthOf = async (chain: string) => (await readChains(portal)).find((one) => one.chain === chain)?.sequences.length ?? 0;

async function verified({ admin, id }: TestCustomer) {
  const result = await perform(exportAudit, {}, portal.contextFor(admin));
  const lines = result.ok ? result.value.lines : [];
  async function* each() {
    yield* lines;
  }
  const known = { vendorId: portal.vendorId, rootPublicJwk: portal.root.publicJwk };
  const found = await verifyExport(each(), known);
  expect(found.chain).toBe(id);
  return found;
}

describe('whoever writes to the database as the portal does', () => {
  it('cannot place a seal, in no chain and in none that is made up, and no entry is left out', async () => {
    const before = await readChains(portal);
    const newest = intruder`select max(id) from audit_entries`;
    expect(
      await codeOf(intruder`insert into audit_seals (chain, sequence, audit_id, hash) values ('made-up', 1, (${newest}), 'x')`),
    ).toBe('42501');
    expect(
      await codeOf(
        intruder`insert into audit_seals (chain, sequence, audit_id, hash) values (${customer.id}, 99, (${newest}), 'x')`,
      ),
    ).toBe('42501');
    expect(
      await codeOf(
        intruder`insert into audit_checkpoints (chain, sequence, hash, token, at) values ('vendor', 1, 'x', 't', now())`,
      ),
    ).toBe('42501');
    for (const change of [
      'insert into audit_watermark (sealed_up_to) values (9999)',
      'update audit_watermark set sealed_up_to = 9999',
      'delete from audit_watermark',
      'truncate audit_watermark',
    ]) {
      expect(await codeOf(intruder.unsafe(change)), change).toBe('42501');
    }
    expect(await readChains(portal)).toEqual(before);
    expect(await sealUpToNow(portal)).toEqual({ sealed: 5, waiting: false });
    expect(await countUnsealed(portal)).toBe(0);
    expect(await verified(customer)).toMatchObject({ broken: null, entries: await lengthOf(customer.id) });
  });

  it('cannot choose the place of an entry that it adds', async () => {
    const columns = 'id, at, actor, role, action';
    const values = "-7, now(), 'somebody', 'member', 'seat.taken'";
    expect(
      await codeOf(intruder.unsafe(`insert into audit_entries (${columns}) overriding system value values (${values})`)),
    ).toBe('42501');
    expect(await codeOf(intruder`select setval('audit_entries_id_seq', 1)`)).toBe('42501');
  });

  it('cannot seal one entry and leave another out', async () => {
    const ids = await unsealed();
    const place = (await lengthOf(customer.id)) + 1;
    for (const left of [0, 1, 3]) {
      const given = ids.filter((_, index) => index !== left).map((auditId, index) => ({ auditId, sequence: place + index }));
      expect(await seal(given, [{ chain: customer.id, sequence: place + 3 }])).toBe(false);
    }
    await writeEntries(portal, { customerId: other.id, count: 1 });
    const last = (await unsealed()).at(-1) ?? 0;
    const end = (await lengthOf(other.id)) + 1;
    expect(await seal([{ auditId: last, sequence: end }], [{ chain: other.id, sequence: end }])).toBe(false);
    expect(await unsealed()).toEqual([...ids, last]);
  });

  it('cannot put an entry into another chain, or at another place, or twice', async () => {
    const [first = 0] = await unsealed();
    const place = (await lengthOf(customer.id)) + 1;
    const before = await readChains(portal);
    for (const sequence of [place + 1, place - 1, 1, 0]) {
      expect(await seal([{ auditId: first, sequence }], [{ chain: customer.id, sequence }])).toBe(false);
    }
    // The chain is the entry's own, so a checkpoint of another vouches for nothing, and nothing is sealed without one.
    for (const chain of ['made-up', other.id, 'vendor']) {
      expect(await codeOf(seal([{ auditId: first, sequence: place }], [{ chain, sequence: place }]))).toBe('23514');
    }
    expect(await codeOf(seal([{ auditId: first, sequence: place }], []))).toBe('23514');
    expect(
      await codeOf(
        seal([{ auditId: first, sequence: place, hash: 'h' }], [{ chain: customer.id, sequence: place, hash: 'another' }]),
      ),
    ).toBe('23514');
    const all = (await unsealed()).map((auditId, index) => ({ auditId, sequence: place + index }));
    const unknown = { auditId: 999_999_999, sequence: place + all.length };
    const end = [{ chain: customer.id, sequence: place + all.length - 1 }];
    expect(await codeOf(seal([...all, unknown], end))).toBe('23514');
    const sealedId = before.find(({ chain }) => chain === customer.id)?.auditIds.at(-1) ?? 0;
    expect(await codeOf(seal([{ auditId: sealedId, sequence: place }], [{ chain: customer.id, sequence: place }]))).toBe('23505');
    expect(await seal([], [])).toBe(false);
    expect(await readChains(portal)).toEqual(before);
  });

  it('cannot give the function other tables or operators to work on', async () => {
    const [row] = await owner<{ definer: boolean; owned: boolean; path: string[] }[]>`
      select prosecdef as definer, proowner = (select relowner from pg_class where relname = 'audit_seals') as owned, proconfig as path
      from pg_proc where proname = 'seal_audit'`;
    expect(row).toEqual({ definer: true, owned: true, path: ['search_path=public, pg_temp'] });
    const [first = 0] = await unsealed();
    const place = (await lengthOf(customer.id)) + 1;
    await intruder`create temporary table audit_entries (id bigint, customer_id uuid)`;
    await intruder`insert into audit_entries values (${first}, ${other.id})`;
    await intruder`set search_path = pg_temp, public`;
    const end = (await lengthOf(other.id)) + 1;
    expect(await seal([{ auditId: first, sequence: end }], [{ chain: other.id, sequence: end }])).toBe(false);
    await intruder`reset search_path`;
    await intruder`drop table pg_temp.audit_entries`;
    expect(await lengthOf(customer.id)).toBe(place - 1);
  });
});

describe('an entry that the owner of the tables kept from its seal', () => {
  it('is sealed all the same, since it has no seal', async () => {
    await sealUpToNow(portal);
    const { id } = await makeCustomer(portal, 'Westgate Works');
    await writeEntries(portal, { customerId: id, count: 3 });
    const [, , last = 0] = await unsealed();
    await owner`insert into audit_seals (chain, sequence, audit_id, hash) values (${id}, 1, ${last}, 'x')`;
    expect(await sealUpToNow(portal)).toEqual({ sealed: 2, waiting: false });
    expect(await countUnsealed(portal)).toBe(0);
    expect((await readChains(portal)).find(({ chain }) => chain === id)?.sequences).toEqual([1, 2, 3]);
  });

  it('is sealed behind others when it was put among them afterwards, and an export tells that it was out of turn', async () => {
    const [drawn] = await owner<{ id: number }[]>`select nextval('audit_entries_id_seq')::integer as id`;
    await writeEntries(portal, { customerId: customer.id, count: 2 });
    await sealUpToNow(portal);
    const late = drawn?.id ?? 0;
    await owner`insert into audit_entries (id, at, customer_id, actor, role, action) overriding system value
      values (${late}, now(), ${customer.id}, 'somebody', 'member', 'seat.taken')`;
    expect(await unsealed()).toEqual([late]);
    expect(await sealUpToNow(portal)).toEqual({ sealed: 1, waiting: false });
    const sequence = await lengthOf(customer.id);
    expect(await verified(customer)).toMatchObject({
      broken: { breach: 'out-of-turn', sequence, expected: `an entry that was written behind ${late + 2}`, found: `${late}` },
    });
  });
});
