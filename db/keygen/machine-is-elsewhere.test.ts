import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { withDatabaseName } from '../embedded/embedded-database';
import type { TestDatabase } from '../testing/create-test-database';
import { createTestDatabase } from '../testing/create-test-database';
import { settledReads } from '../testing/read-plan';

const ACTIVATIONS = 20_000;
/** Sold under a policy that lets a fingerprint be activated once among all customers. */
const [ENTITLEMENT, OTHER_ENTITLEMENT] = [randomUUID(), randomUUID()];

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(withDatabaseName(inject('postgres').superuserUrl, new URL(database.url).pathname.slice(1)), {
    max: 1,
    onnotice: () => undefined,
  });
  // The customers and devices that the rows refer to are left out.
  await sql`set session_replication_role = replica`;
  const [product, offering] = [randomUUID(), randomUUID()];
  await sql`insert into offerings (id, product_id, code, edition, plan_type, start_rule)
    values (${offering}, ${product}, 'press-control-pro', 'Pro', 'perpetual', 'on-creation')`;
  await sql`insert into keygen_policies (offering_id, algorithm, encrypted, licence_includes, machine_includes, fingerprint_unique_in, needs_fingerprint, guests)
    values (${offering}, 'ed25519', false, '{}', '{}', 'vendor', true, false)`;
  for (const id of [ENTITLEMENT, OTHER_ENTITLEMENT]) {
    await sql`insert into entitlements (id, customer_id, offering_id, plan_type, start_rule, starts_at, seats, overdraft_kind, overdraft_value,
      release_rule, features, attributes) values (${id}, gen_random_uuid(), ${offering}, 'perpetual', 'on-creation', now(), 1000, 'none', 0,
      'when-lease-ran-out', '[]', '{}')`;
  }
  await insertActivations('native', ACTIVATIONS);
  await insertActivations('keygen', ACTIVATIONS);
  await sql`analyze`;
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** Makes activations on the other entitlement, each with its dialect and number as the digest of its component `fingerprint`. */
async function insertActivations(dialect: string, count: number): Promise<void> {
  await sql`insert into activations (customer_id, entitlement_id, device_id, dialect, device_key, device_jwk, reply_to, fingerprint, state,
      lease_sequence, lease_starts_at, lease_ends_at, runs_out_at, activated_at)
    select gen_random_uuid(), ${OTHER_ENTITLEMENT}, gen_random_uuid(), ${dialect}, ${dialect} || n, '{}', '{}',
      jsonb_build_object('version', 1, 'components', jsonb_build_object('fingerprint', ${dialect} || n)), 'active', 1,
      now(), now() + interval '90 days', now() + interval '90 days', now()
    from generate_series(1, ${count}::integer) n`;
}

async function isElsewhere(fingerprint: string): Promise<unknown> {
  const [row] = await sql`select machine_is_elsewhere(${ENTITLEMENT}, ${fingerprint}, now()) as elsewhere`;
  return row?.elsewhere;
}

/** Counts the activations that the function reads to find a machine. */
async function readsOf(fingerprint: string): Promise<number> {
  const [row] = await sql<{ body: string }[]>`select prosrc as body from pg_proc where proname = 'machine_is_elsewhere'`;
  const values = { p_entitlement: `'${ENTITLEMENT}'::uuid`, p_fingerprint: `'${fingerprint}'`, p_at: 'now()' };
  const text = (row?.body ?? '').replaceAll(/\bp_\w+/g, (name) => values[name as keyof typeof values]);
  return settledReads((statement) => sql.unsafe(statement), { sql: text, params: [] }, 'activations');
}

test('a machine of this dialect that holds a seat on another licence is elsewhere', async () => {
  expect(await isElsewhere('keygen7')).toBe(true);
  expect(await isElsewhere('unknown')).toBe(false);
});

test('a device of another dialect is another machine, also if a component of it has the same name and digest', async () => {
  expect(await isElsewhere('native7')).toBe(false);
});

test('the machine is found by its fingerprint, not among all activations', async () => {
  expect(await readsOf('keygen7')).toBe(1);
});

test('without the index every activation would be read', async () => {
  await sql`drop index activations_machine_fingerprint`;
  expect(await readsOf('unknown')).toBeGreaterThan(ACTIVATIONS);
});
