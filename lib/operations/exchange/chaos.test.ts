import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CrashServer } from '@/db/testing/crash-server';
import { CRASHES, startCrashServer } from '@/db/testing/crash-server';
import { dropSeatLimit, removeSeatGuard } from '@/db/testing/seat-guard';
import { tally } from '../testing/at-once';
import type { JournalAnswer } from '../testing/chaos/chaos-journal';
import { runChaos } from '../testing/chaos/run-chaos';
import { checkInvariants } from '../testing/check-invariants';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';

let server: CrashServer;
let portal: TestPortal;

beforeEach(async () => {
  server = await startCrashServer();
  portal = await makeTestPortal({ database: { ...server, drop: () => Promise.resolve() } });
});

afterEach(async () => {
  await portal.close();
  await server.stop();
});

const crashesOf = (count: number) => Array.from({ length: count }, (_, index) => CRASHES[index % CRASHES.length] ?? 'backend');

/** Answers that differ from the bytes stored with their exchange. */
async function lostAnswers(journal: readonly JournalAnswer[]): Promise<string[]> {
  const rows = await portal.db.execute<{ id: string; reply: Uint8Array | null }>(
    sql`select id, reply from exchanges where outcome in ('granted', 'renewed', 'returned')`,
  );
  const { files } = await portal.keyring.current();
  const opened = rows.map(async ({ id, reply }) => [id, reply && Buffer.from(await files.decrypt(reply)).toString()] as const);
  const kept = new Map(await Promise.all(opened));
  return journal.flatMap(({ exchangeId, reply }) => (exchangeId !== null && kept.get(exchangeId) !== reply ? [exchangeId] : []));
}

/** Files that were answered by more than one exchange. */
function doubledFiles(journal: readonly JournalAnswer[]): string[] {
  const answers = new Map<string, Set<string>>();
  for (const { file, exchangeId } of journal) {
    if (file === null || exchangeId === null) continue;
    answers.set(file, (answers.get(file) ?? new Set()).add(exchangeId));
  }
  return [...answers].filter(([, exchanges]) => exchanges.size > 1).map(([file]) => file);
}

it('ten crashes under sixteen clients lose no answer, double none and give no seat too many', async () => {
  const run = await runChaos({
    portal,
    server,
    crashes: crashesOf(10),
    answersBetween: 60,
    entitlements: 20,
    seats: 3,
    deactivates: true,
  });
  expect(run.faults).toEqual([]);
  expect(run.rewritten).toEqual([]);
  expect(await lostAnswers(run.journal)).toEqual([]);
  expect(doubledFiles(run.journal)).toEqual([]);
  expect(await checkInvariants(portal)).toEqual([]);

  const replays = run.journal.filter(({ isReplay }) => isReplay);
  expect(replays.length).toBeGreaterThan(0);
  expect(Object.keys(tally(replays)).filter((code) => !['repeated', 'activation-returned'].includes(code))).toEqual([]);
  const held = await portal.db.execute<{ id: string; held: number }>(
    sql`select id, seats_held as held from entitlements where seats_held > 0`,
  );
  expect(new Map(held.map((row) => [row.id, row.held]))).toEqual(run.held);
  const used = await portal.db.execute(sql`select sum(used)::integer as used from entitlement_usage`);
  expect(used).toEqual([{ used: run.returned }]);
});

it('the same without the guard gives seats too many, and the check says so', async () => {
  await removeSeatGuard(server.ownerUrl);
  await dropSeatLimit(server.ownerUrl);
  const run = await runChaos({
    portal,
    server,
    crashes: crashesOf(2),
    answersBetween: 40,
    entitlements: 2,
    seats: 1,
    deactivates: false,
  });
  expect(run.faults).toEqual([]);
  expect(await checkInvariants(portal)).toContainEqual(
    expect.stringMatching(/^expected that no more seats are held than there are/),
  );
});
