import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '@/db/client';
import type { Limit } from './limits';

type Limiter = RateLimiterMemory | RateLimiterPostgres;

const limiters = new WeakMap<Database, Map<string, Limiter>>();

/** A limit that is exceeded. */
export interface OverLimit {
  readonly retryAt: Date;
  /** Whether this is the first use beyond the limit in its span. */
  readonly isFirst: boolean;
}

/**
 * Counts one use against a limit: in one statement of the database, which all replicas share, or in this process where the limit says so.
 *
 * @param key what is counted: an address, a client or a person
 * @returns null within the limit
 */
export async function consume(db: Database, limit: Limit, key: string): Promise<OverLimit | null> {
  try {
    await limiterFor(db, limit).consume(storedKey(key));
    return null;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const { msBeforeNext, consumedPoints } = error;
    return { retryAt: new Date(Date.now() + msBeforeNext), isFirst: consumedPoints === limit.points + 1 };
  }
}

/** Counts as {@link consume}. @returns null within the limit; otherwise when to try again */
export async function countAgainst(db: Database, limit: Limit, key: string): Promise<Date | null> {
  return (await consume(db, limit, key))?.retryAt ?? null;
}

/** Reads until when a limit blocks a key, without counting; null within the limit. */
export async function blockedUntil(db: Database, limit: Limit, key: string): Promise<Date | null> {
  const found = await limiterFor(db, limit).get(storedKey(key));
  if (found === null || found.consumedPoints <= limit.points) return null;
  return new Date(Date.now() + found.msBeforeNext);
}

/** Takes one use back because it succeeded: many people who sign in from one office are no attack. */
export async function forgive(db: Database, limit: Limit, key: string): Promise<void> {
  await limiterFor(db, limit).reward(storedKey(key));
}

/** Starts the count anew. */
export async function clearCount(db: Database, limit: Limit, key: string): Promise<void> {
  await limiterFor(db, limit).delete(storedKey(key));
}

// Addresses of people who never signed in are not stored in plain text, and the column holds 255 characters.
function storedKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function limiterFor(db: Database, limit: Limit): Limiter {
  const known = limiters.get(db) ?? new Map<string, Limiter>();
  limiters.set(db, known);
  const limiter = known.get(limit.name) ?? openLimiter(db, limit);
  known.set(limit.name, limiter);
  return limiter;
}

function openLimiter(db: Database, limit: Limit): Limiter {
  const counted = {
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.minutes * 60,
    blockDuration: (limit.blockedForMinutes ?? 0) * 60,
  };
  if (limit.inMemory === true) return new RateLimiterMemory(counted);
  return new RateLimiterPostgres({
    ...counted,
    storeClient: { query: (query: StoreQuery) => runQuery(db, query) },
    storeType: 'client',
    tableName: 'rate_limits',
    tableCreated: true,
  });
}

/** A statement as the library writes it for node-postgres. */
interface StoreQuery {
  readonly text: string;
  readonly values: readonly unknown[];
}

async function runQuery(db: Database, { text, values }: StoreQuery): Promise<{ rows: unknown[]; rowCount: number }> {
  const parts = text.split(/\$(\d+)/).map((part, place) => (place % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`));
  const rows = await db.execute(sql.join(parts));
  return { rows: [...rows], rowCount: rows.count };
}
