import { sql } from 'drizzle-orm';
import { openDatabase } from '@/db/client';
import type { ActingContext } from '@/lib/operations/context';
import { answerRequest, recordStatements, sendStatements } from '../answer-request';
import type { Installation } from '../bench-portal';
import { openPortal } from '../bench-portal';
import type { BenchDatabase } from '../bench-server';
import { inParallel } from '../in-parallel';
import { writeRequests } from '../write-requests';

/** Each waits for its answer before its next request. All clients of a side share one pool, as in the portal. */
const CLIENTS = Array.from({ length: 16 });
const ROUNDS = 15;
/** After so many the JavaScript engine has compiled the hot code. */
const WARM_UP_REQUESTS = 6000;
const SPREAD_REQUESTS = 400;
const HOT_REQUESTS = 240;

/** Commits per second in one round. The three take turns, so that varying load affects them alike. */
export interface CommitRound {
  /** The product, on many entitlements. */
  readonly spread: number;
  /** The very statements of that, bare, on a copy of the same database. */
  readonly bare: number;
  /** The product, on one entitlement. */
  readonly hot: number;
  /** Processor time of this process for each commit, in milliseconds: much less affected by other load than the rates. */
  readonly spreadCpuMs: number;
  readonly bareCpuMs: number;
}

/** Results of all rounds. */
export interface CommitFinding {
  readonly rounds: readonly CommitRound[];
  readonly statementsPerCommit: number;
  /** Whether the counter of the hot entitlement and its activations are as many as its commits. */
  readonly countExact: boolean;
}

async function run<Item, Value>(items: readonly Item[], act: (item: Item) => Promise<Value>) {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const values = await inParallel(CLIENTS, items, act);
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = (user + system) / 1000 / items.length;
  return { rate: (items.length * 1000) / (performance.now() - startedAt), cpuMs, values };
}

/**
 * Measures commits on a database, and the same statements without the product on a copy of it. The statements are recorded beforehand on a
 * third copy, by the same requests, because recording is not the work of the product.
 */
export async function measureCommits(input: {
  installation: Installation;
  database: BenchDatabase;
  twin: BenchDatabase;
  rehearsal: BenchDatabase;
}): Promise<CommitFinding> {
  const { installation, database, twin, rehearsal } = input;
  const [hotEntitlement, ...others] = installation.entitlements;
  if (hotEntitlement === undefined) throw new Error('expected entitlements, found none');
  const product = openPortal({ ...installation, url: database.appUrl });
  const recorder = openPortal({ ...installation, url: rehearsal.appUrl });
  const bare = openDatabase({ url: twin.appUrl });

  const rounds: CommitRound[] = [];
  let statements = 0;
  // The first round warms up and does not count.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const requests = await writeRequests(installation, {
      count: round === 0 ? WARM_UP_REQUESTS : SPREAD_REQUESTS,
      entitlements: others,
    });
    const hotRequests = await writeRequests(installation, { count: HOT_REQUESTS, entitlements: [hotEntitlement] });
    const recorded = await run(requests, (request) => recordStatements(recorder.context, request));
    const spread = await run(requests, (request) => answerRequest(product.context, request));
    const repeated = await run(recorded.values, (sent) => sendStatements(bare.db, sent));
    const hot = await run(hotRequests, (request) => answerRequest(product.context, request));
    if (round === 0) {
      // Autovacuum does this within a minute; without it the plans are those of empty tables.
      await Promise.all([database, twin, rehearsal].map(analyse));
      continue;
    }
    const cpu = { spreadCpuMs: spread.cpuMs, bareCpuMs: repeated.cpuMs };
    rounds.push({ spread: spread.rate, bare: repeated.rate, hot: hot.rate, ...cpu });
    statements += recorded.values.flat().length;
  }

  const held = await countSeats(product.context, hotEntitlement.id);
  await Promise.all([product, recorder, bare].map((side) => side.close()));
  const expected = (ROUNDS + 1) * HOT_REQUESTS;
  return {
    rounds,
    statementsPerCommit: statements / (ROUNDS * SPREAD_REQUESTS),
    countExact: held.counter === expected && held.activations === expected,
  };
}

async function analyse({ ownerUrl }: BenchDatabase): Promise<void> {
  const { db, close } = openDatabase({ url: ownerUrl, connections: 1 });
  await db.execute(sql`analyze`);
  await close();
}

async function countSeats({ db }: ActingContext, entitlementId: string): Promise<{ counter: number; activations: number }> {
  const [row] = await db.execute<{ counter: number; activations: number }>(sql`
    select seats_held as counter, (select count(*)::integer from activations where entitlement_id = e.id and state = 'active') as activations
    from entitlements e where id = ${entitlementId}::uuid`);
  if (row === undefined) throw new Error(`expected the entitlement ${entitlementId}, found none`);
  return row;
}
