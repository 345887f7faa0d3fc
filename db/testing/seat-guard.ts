import postgres from 'postgres';

// Only for tests that show what the guard is good for: they take it out of their own database and expect to see the damage.

const GUARD = /\n\s*and seats_held < seats_cap(; -- guard: never one seat too many)/;
const REPLAY_CHECK = /if exists \(select from exchanges where request_key = /;

async function asOwner(ownerUrl: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}

async function rewriteCommitIssue(sql: postgres.Sql, { found, instead }: { found: RegExp; instead: string }): Promise<void> {
  const [row] = await sql<{ definition: string }[]>`select pg_get_functiondef('commit_issue(jsonb)'::regprocedure) as definition`;
  const definition = row?.definition ?? '';
  const changed = definition.replace(found, instead);
  if (changed === definition) throw new Error(`expected commit_issue to hold ${found}, found: ${definition}`);
  await sql.unsafe(changed);
}

/** Takes the line out of `commit_issue` that refuses one seat too many. The check constraint stays. */
export function removeSeatGuard(ownerUrl: string): Promise<void> {
  return asOwner(ownerUrl, (sql) => rewriteCommitIssue(sql, { found: GUARD, instead: '$1' }));
}

/** Drops the constraint that is the last line against one seat too many. */
export function dropSeatLimit(ownerUrl: string): Promise<void> {
  return asOwner(ownerUrl, (sql) => sql`alter table entitlements drop constraint entitlements_seats_held`);
}

/** Takes out everything that tells a request answered before: the check in `commit_issue` and the unique index. */
export function removeReplayGuard(ownerUrl: string): Promise<void> {
  return asOwner(ownerUrl, async (sql) => {
    await rewriteCommitIssue(sql, {
      found: REPLAY_CHECK,
      instead: 'if false and exists (select from exchanges where request_key = ',
    });
    await sql`drop index exchanges_answered`;
  });
}
