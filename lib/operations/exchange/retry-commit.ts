import { setTimeout as wait } from 'node:timers/promises';
import { isBusy, isConnectionLost } from '@/db/postgres-error';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { NotWantedError, QueueFullError } from '@/lib/signing/signing-turns';

/** How often a decision is made anew because one of its assumptions changed before the commit. */
const DECISIONS = 12;
/** How long to wait for a lost database connection before giving up. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/**
 * Repeats `attempt` (read, decide, seal, commit) until its outcome is known. A stale decision is made again at once. After a lost connection
 * the outcome is unknown, so the attempt is repeated; that is safe because the same request never counts twice.
 *
 * @param attempt receives `again: true` after a lost connection: an attempt before it may have committed
 * @returns the outcome; `busy` when every decision was stale, `too-many-at-once` when the queue is full: nothing was written then
 * @throws the connection error when the database stays unreachable
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

/** The outcome that an error stands for; null for a lost connection, which leaves it unknown, and for faults. */
function outcomeOf(error: unknown): Rejection | 'stale' | null {
  if (error instanceof NotWantedError) return 'stale';
  if (error instanceof QueueFullError) {
    return reject('too-many-at-once', { retryAt: new Date(Date.now() + error.retryAfterMs).toISOString() });
  }
  return isBusy(error) ? reject('busy') : null;
}
