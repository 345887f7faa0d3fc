import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { withDatabaseName } from '../embedded/embedded-database';
import type { TestDatabase } from '../testing/create-test-database';
import { createTestDatabase } from '../testing/create-test-database';
import { settledReads } from '../testing/read-plan';

const ACTIVATIONS = 1_000_000;
const ENTITLEMENT = '11111111-1111-4111-8111-111111111111';

let database: TestDatabase;
let sql: postgres.Sql;

/** One entitlement with a long life: a million activations, of which one seat in a thousand came free before its lease ran out. */
async function fill(): Promise<void> {
  // Nothing but the rows and the index in question: neither the other indexes nor what the rows refer to.
  await sql`set session_replication_role = replica`;
  const others = await sql<{ name: string }[]>`select indexname as name from pg_indexes where tablename = 'activations'
    and indexname not in (select conname from pg_constraint) and indexname <> 'activations_freed'`;
  for (const { name } of others) await sql`drop index ${sql(name)}`;
  await sql`insert into entitlements (id, customer_id, offering_id, plan_type, start_rule, starts_at, seats, overdraft_kind, overdraft_value,
    release_rule, features, attributes, seats_held) values (${ENTITLEMENT}, gen_random_uuid(), gen_random_uuid(), 'perpetual', 'on-creation', now(),
    1000, 'none', 0, 'when-lease-ran-out', '[]', '{}', 10)`;
  await sql`insert into activations (customer_id, entitlement_id, device_id, dialect, device_key, device_jwk, reply_to, fingerprint, state,
      lease_sequence, lease_starts_at, lease_ends_at, runs_out_at, activated_at, released_at, release_kind, freed_at)
    select gen_random_uuid(), ${ENTITLEMENT}, gen_random_uuid(), 'native', 'key ' || n, '{}', '{}', '{}', 'released', 1,
      at, at + interval '90 days', at + interval '90 days', at, at, case when n % 1000 = 0 then 'released' else 'deactivated' end,
      case when n % 10 = 0 then at end
    from (select n, now() - n * interval '1 minute' as at from generate_series(1, ${ACTIVATIONS}::integer) n) numbers`;
  await sql`analyze activations`;
}

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(withDatabaseName(inject('postgres').superuserUrl, new URL(database.url).pathname.slice(1)), {
    max: 1,
    onnotice: () => undefined,
  });
  await fill();
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

const run = (text: string, parameters: readonly unknown[]) =>
  sql.unsafe(text, [...parameters] as postgres.ParameterOrJSON<never>[]);

const BODY = /as \$function\$([\s\S]*)\$function\$/i;

async function statementOf(name: string, parameters: readonly string[]): Promise<string> {
  const [row] = await sql<{ definition: string }[]>`select pg_get_functiondef(${name}::regproc) as definition`;
  const body = BODY.exec(row?.definition ?? '')?.[1] ?? '';
  const names = (/\(([^)]*)\)\s+returns/i.exec(row?.definition ?? '')?.[1] ?? '').match(/p_\w+/g) ?? [];
  return names.reduce((text, parameter, index) => text.replaceAll(parameter, parameters[index] ?? ''), body);
}

test('what may run is counted by the few seats that came free without a proof, not by all activations', async () => {
  const [row] = await sql`select possibly_running(${ENTITLEMENT}, now()) as running`;
  // A thousand came free without a proof, those of the last ninety days may run; and ten are held.
  expect(row).toEqual({ running: 10 + 129 });
  const text = await statementOf('possibly_running', [`'${ENTITLEMENT}'::uuid`, 'now()']);
  expect(await settledReads(run, { sql: text, params: [] }, 'activations')).toBeLessThan(1_100);
});

test('reinstalls are counted by them too', async () => {
  const text = await statementOf('reinstalls_used', [`'${ENTITLEMENT}'::uuid`, `now() - interval '30 days'`, 'now()']);
  expect(await settledReads(run, { sql: text, params: [] }, 'activations')).toBeLessThan(1_100);
});

test('without the index every activation would be read', async () => {
  await sql`drop index activations_freed`;
  const text = await statementOf('possibly_running', [`'${ENTITLEMENT}'::uuid`, 'now()']);
  expect(await settledReads(run, { sql: text, params: [] }, 'activations')).toBeGreaterThan(ACTIVATIONS / 2);
});
