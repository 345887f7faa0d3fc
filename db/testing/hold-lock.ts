import postgres from 'postgres';
import { expect } from 'vitest';

/** A lock that somebody else holds, so that commits queue up behind it in a known order. */
export interface HeldLock {
  /** Runs a statement in the transaction that holds the lock. */
  run(statement: string): Promise<void>;
  /** Settles once so many others wait for a lock. */
  waiting(count: number): Promise<void>;
  /** Commits, which lets the first in the queue go on. */
  letGo(): Promise<void>;
}

/** Takes a lock as the owner of the tables. What was read before stays readable; commits that need the lock wait. */
export async function holdLock(ownerUrl: string, statement: string): Promise<HeldLock> {
  const sql = postgres(ownerUrl, { max: 2, onnotice: () => undefined });
  const holder = await sql.reserve();
  await holder`begin`;
  await holder.unsafe(statement);
  return {
    async run(statement) {
      await holder.unsafe(statement);
    },
    async waiting(count) {
      const queue = async () => {
        const [row] = await sql<{ count: number }[]>`
          select count(*)::integer as count from pg_locks l join pg_stat_activity s on s.pid = l.pid
          where not l.granted and s.datname = current_database()`;
        return row?.count;
      };
      await expect.poll(queue, { interval: 5 }).toBe(count);
    },
    async letGo() {
      await holder`commit`;
      holder.release();
      await sql.end();
    },
  };
}

/** Locks the row of an entitlement, which every commit on it needs first. */
export function holdEntitlement(ownerUrl: string, entitlementId: string): Promise<HeldLock> {
  return holdLock(ownerUrl, `select from entitlements where id = '${entitlementId}' for update`);
}
