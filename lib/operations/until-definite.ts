import { setTimeout as wait } from 'node:timers/promises';
import { isBusy, isConnectionLost } from '@/db/postgres-error';
import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';

/** How often a decision is made anew because something it assumed changed before it was committed. */
const DECISIONS = 12;
/** How long a lost database is waited for before the person is told. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/**
 * Repeats `attempt` (read, decide, commit) until its outcome is known. `stale` is tried again at once. A lost connection leaves the
 * outcome unknown: the attempt is made again until an answer comes, which is safe because the same request never counts twice.
 *
 * @param attempt is told `again` once a connection was lost: what it did before may have been carried out
 * @returns what the attempt came to, or `busy` when others were faster every time; nothing was written then
 * @throws the connection error when the database stays away
 */
export async function untilDefinite<Value>(attempt: (again: boolean) => Promise<Value | 'stale'>): Promise<Value | Rejection> {
  const startedAt = performance.now();
  let decisions = 0;
  let again = false;
  while (decisions < DECISIONS) {
    try {
      const outcome = await attempt(again);
      if (outcome !== 'stale') return outcome;
      decisions += 1;
    } catch (error) {
      if (isBusy(error)) return reject('busy');
      if (!isConnectionLost(error) || performance.now() - startedAt > PATIENCE_MS) throw error;
      again = true;
      await wait(PAUSE_MS);
    }
  }
  return reject('busy');
}
