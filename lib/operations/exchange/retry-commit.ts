import { setTimeout as wait } from 'node:timers/promises';
import { isBusy, isConnectionLost } from '@/db/postgres-error';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { NotWantedError, QueueFullError } from '@/lib/signing/signing-turns';

/** How often a decision is made anew because something it assumed changed before it was committed. */
const DECISIONS = 12;
/** How long a lost database is waited for before the person is told. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/**
 * Repeats `attempt` (read, decide, seal, commit) until its outcome is known. `stale` is tried again at once, as is what was found stale before
 * it was sealed. A lost connection leaves the outcome unknown: the attempt is made again until an answer comes, which is safe because the same
 * request never counts twice.
 *
 * @param attempt is told `again` once a connection was lost: what it did before may have been carried out
 * @returns what the attempt came to; `busy` when others were faster every time, `too-many-at-once` when too many wait to be answered: nothing
 *   was written then
 * @throws the connection error when the database stays away
 */
export async function retryCommit<Value>(attempt: (again: boolean) => Promise<Value | 'stale'>): Promise<Value | Rejection> {
  const startedAt = performance.now();
  let decisions = 0;
  let again = false;
  const recover = async (error: unknown): Promise<Rejection | 'stale' | 'again'> => {
    const outcome = outcomeOf(error);
    if (outcome !== null) return outcome;
    if (!isConnectionLost(error) || performance.now() - startedAt > PATIENCE_MS) throw error;
    again = true;
    await wait(PAUSE_MS);
    return 'again';
  };
  while (decisions < DECISIONS) {
    const outcome = await attempt(again).catch(recover);
    if (outcome === 'stale') decisions += 1;
    else if (outcome !== 'again') return outcome;
  }
  return reject('busy');
}

/** What an error tells of the attempt that met it; null for one that leaves it unknown, or is a fault. */
function outcomeOf(error: unknown): Rejection | 'stale' | null {
  if (error instanceof NotWantedError) return 'stale';
  if (error instanceof QueueFullError) {
    return reject('too-many-at-once', { retryAt: new Date(Date.now() + error.retryAfterMs).toISOString() });
  }
  return isBusy(error) ? reject('busy') : null;
}
