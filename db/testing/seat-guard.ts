import postgres from 'postgres';
import { rewriteFunction } from './rewrite-function';

// Only for tests that show what the guard is good for: they take it out of their own database and expect to see the damage.

/** Takes the lines out of `take_seat` that refuse one seat, and one machine, too many. The check constraint stays. */
export async function removeSeatGuard(ownerUrl: string): Promise<void> {
  await rewriteFunction(ownerUrl, {
    name: 'take_seat(uuid, integer, timestamptz)',
    found: /\n\s*and seats_held < seats_cap;/,
    instead: ';',
  });
  await removeRunningGuard(ownerUrl);
}

/** Takes the line out of `take_seat` that refuses one machine too many. */
function removeRunningGuard(ownerUrl: string): Promise<void> {
  return rewriteFunction(ownerUrl, {
    name: 'take_seat(uuid, integer, timestamptz)',
    found: /return possibly_running/,
    instead: 'return true or possibly_running',
  });
}

/** Drops the constraint that is the last line against one seat too many. */
export function dropSeatLimit(ownerUrl: string): Promise<void> {
  return asOwner(ownerUrl, (sql) => sql`alter table entitlements drop constraint entitlements_seats_held`);
}

/** Takes out everything that tells a request answered before: the check in `commit_issue` and the unique index. */
export async function removeReplayGuard(ownerUrl: string): Promise<void> {
  await rewriteFunction(ownerUrl, {
    name: 'commit_issue(jsonb)',
    found: /if exists \(select from exchanges where request_key = /,
    instead: 'if false and exists (select from exchanges where request_key = ',
  });
  await asOwner(ownerUrl, (sql) => sql`drop index exchanges_answered`);
}

async function asOwner(ownerUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
