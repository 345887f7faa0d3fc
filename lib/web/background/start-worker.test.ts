import { sql } from 'drizzle-orm';
import type { Runner } from 'graphile-worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userIdOf } from '@/lib/operations/actor';
import { submitFile } from '@/lib/operations/exchange/submit-file';
import { perform } from '@/lib/operations/operation';
import { activationOf, exchange } from '@/lib/operations/testing/exchange';
import { countUnsealed, readChains, writeEntries } from '@/lib/operations/testing/read-chains';
import { makeCustomer, makeEntitlement } from '@/lib/operations/testing/test-customer';
import { makeDevice } from '@/lib/operations/testing/test-device';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import { startWorker, superviseWorker } from './start-worker';

let portal: TestPortal;
const workers: Runner[] = [];

const start = () => startWorker({ url: portal.url, prepare: true, context: portal });
const ask = (task: string) => portal.db.execute(sql`select graphile_worker.add_job(${task})`);

beforeAll(async () => {
  process.env.FILES_KEPT_DAYS = '30';
  portal = await makeTestPortal({ connections: 8 });
});

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await portal.close();
});

describe('workers of the queue', () => {
  it('seal, as the portal’s own role, each entry once however many they are', async () => {
    workers.push(await start(), await start());
    const { id } = await makeCustomer(portal);
    await writeEntries(portal, { customerId: id, count: 900 });
    await Promise.all(Array.from({ length: 6 }, () => ask('audit.seal')));
    await expect.poll(() => countUnsealed(portal)).toBe(0);
    const [chain] = await readChains(portal);
    expect(chain?.sequences).toEqual(Array.from({ length: 900 }, (_, index) => index + 1));
  });

  it('write down leases that ran out, and leave others as they are', async () => {
    const customer = await makeCustomer(portal);
    const entitlement = await makeEntitlement(portal, customer);
    const context = portal.contextFor(customer.member);
    const ended = await activationOf(portal, await exchange(context, await (await makeDevice(portal, entitlement)).request()));
    const going = await activationOf(portal, await exchange(context, await (await makeDevice(portal, entitlement)).request()));
    await portal.db.execute(sql`
      update activations set lease_starts_at = now() - interval '2 days', lease_ends_at = now() - interval '1 day', grace_ends_at = null,
        runs_out_at = now() - interval '1 day'
      where id = ${ended}`);
    await Promise.all([ask('lease.settle'), ask('lease.settle')]);
    const stateOf = async (id: string) => {
      const rows = await portal.db.execute<{ state: string }>(sql`select state from activations where id = ${id}`);
      return rows[0]?.state;
    };
    await expect.poll(() => stateOf(ended)).toBe('lease_expired');
    expect(await stateOf(going)).toBe('active');
    const [row] = await portal.db.execute<{ held: number; told: number }>(sql`
      select seats_held as held, (select count(*)::integer from audit_entries where action = 'lease.ran-out' and activation_id = ${ended}) as told
      from entitlements where id = ${entitlement.id}`);
    expect(row).toEqual({ held: 1, told: 1 });
  });

  it('drop the bytes of files that came in so long ago, and of no others', async () => {
    const { member } = await makeCustomer(portal);
    const bytes = new TextEncoder().encode('nonsense');
    const bring = (daysAgo: number) =>
      perform(submitFile, { fileName: null, bytes }, portal.contextFor(member, new Date(Date.now() - daysAgo * 86_400_000)));
    await Promise.all([bring(31), bring(29)]);
    await Promise.all([ask('file.drop'), ask('file.drop')]);
    const kept = async () => {
      const rows = await portal.db.execute<{ kept: boolean }>(
        sql`select content is not null as kept from exchanges where user_id = ${userIdOf(member)}::uuid order by at`,
      );
      return rows.map((row) => row.kept);
    };
    await expect.poll(kept).toEqual([false, true]);
  });

  it('end when they are asked to, and another goes on with what is left', async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await writeEntries(portal, { customerId: null, count: 3 });
    await ask('audit.seal');
    expect(await countUnsealed(portal)).toBeGreaterThan(0);
    const worker = superviseWorker({ url: portal.url, prepare: false, context: portal });
    await expect.poll(() => countUnsealed(portal)).toBe(0);
    await worker.stop();
    await writeEntries(portal, { customerId: null, count: 1 });
    await ask('audit.seal');
    expect(await countUnsealed(portal)).toBe(1);
  });

  it('work on the host that answers, of several', async () => {
    await ask('audit.seal');
    const url = portal.url.replace('@', '@127.0.0.1:1,');
    const worker = superviseWorker({ url, prepare: true, context: portal });
    await expect.poll(() => countUnsealed(portal)).toBe(0);
    await worker.stop();
  });
});
