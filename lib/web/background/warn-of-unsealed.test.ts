import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealUpToNow } from '@/lib/operations/audit/seal-audit';
import { writeEntries } from '@/lib/operations/testing/read-chains';
import { OPERATOR } from '@/lib/operations/testing/test-customer';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import { cronItems, taskList } from './tasks';
import { warnOfUnsealed } from './warn-of-unsealed';

let portal: TestPortal;
let owner: postgres.Sql;

beforeAll(async () => {
  portal = await makeTestPortal();
  owner = postgres(portal.ownerUrl, { max: 1, onnotice: () => undefined });
});

afterAll(async () => {
  await owner.end();
  await portal.close();
});

async function warnings(whole: boolean): Promise<string[]> {
  const lines: string[] = [];
  await warnOfUnsealed(portal.contextFor(OPERATOR), { whole, warn: (line) => lines.push(line) });
  return lines;
}

it('the console says how many entries wait for their seal, hour after hour until they have it', async () => {
  expect(await warnings(false)).toEqual([]);
  await owner`insert into audit_entries (at, actor, role, action)
    select now() - interval '2 hours', 'somebody', 'member', 'seat.taken' from generate_series(1, 3)`;
  const late =
    /^Entries of the audit that are older than an hour and not sealed: 3, the oldest of 20.*Z\. Look above for faults of the task audit\.seal/;
  for (const whole of [false, true, false]) expect(await warnings(whole)).toEqual([expect.stringMatching(late)]);
  await sealUpToNow(portal);
  expect(await warnings(false)).toEqual([]);
});

it('the console says what was kept from its seal', async () => {
  const [drawn] = await owner<{ id: number }[]>`select nextval('audit_entries_id_seq')::integer as id`;
  await writeEntries(portal, { customerId: null, count: 12_000 });
  await sealUpToNow(portal);
  await owner`insert into audit_entries (id, at, actor, role, action) overriding system value
    values (${drawn?.id ?? 0}, now(), 'somebody', 'member', 'seat.taken')`;
  expect(await warnings(true)).toEqual([
    expect.stringMatching(
      /^Entries of the audit that had been kept from their seal, and were sealed now, behind later ones: 1\./,
    ),
  ]);
  expect(await warnings(true)).toEqual([]);
});

it('is done every hour, and over the whole audit every day', () => {
  const names = Object.keys(taskList(portal));
  expect(names).toEqual(expect.arrayContaining(['audit.check', 'audit.check-whole']));
  const due = (at: Date) => {
    const digest = {
      min: at.getUTCMinutes(),
      hour: at.getUTCHours(),
      date: at.getUTCDate(),
      month: at.getUTCMonth() + 1,
      dow: at.getUTCDay(),
    };
    return cronItems.filter(({ match }) => match(digest)).map(({ task }) => task);
  };
  expect(due(new Date('2031-05-01T14:17:00Z'))).toContain('audit.check');
  expect(due(new Date('2031-05-01T15:17:00Z'))).toContain('audit.check');
  expect(due(new Date('2031-05-02T03:43:00Z'))).toContain('audit.check-whole');
});
