import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from './testing/create-test-database';
import { createTestDatabase } from './testing/create-test-database';

let database: TestDatabase;
let app: postgres.Sql;
let owner: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  app = postgres(database.url, { max: 1, onnotice: () => undefined });
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner`insert into audit_entries (at, actor, role, action) values (now(), 'somebody', 'member', 'seat.taken')`;
  await owner`insert into exchanges (at, actor, via, kind, outcome, facts) values (now(), 'somebody', 'api', 'unknown', 'previewed', '{}')`;
  await owner`insert into audit_seals (chain, sequence, audit_id, hash) select 'vendor', 1, id, 'h' from audit_entries`;
  await owner`insert into audit_checkpoints (chain, sequence, hash, token, at) values ('vendor', 1, 'h', 't', now())`;
  await owner`insert into inspections (at, actor, file_size, file_digest) values (now(), 'somebody', 0, '')`;
  await owner`alter table device_notes drop constraint device_notes_customer_id_device_id_devices_customer_id_id_fk`;
  await owner`insert into device_notes (customer_id, device_id, author, body)
    values (gen_random_uuid(), gen_random_uuid(), 'somebody', 'Moved to hall 3')`;
  // So does a licence key.
  for (const name of [
    'issuer_kid_keygen_issuers_kid_fk',
    'customer_id_entitlement_id_entitlements_customer_id_id_',
    'customer_id_code_id_activation_codes_customer_id_id_fk',
  ]) {
    await owner.unsafe(`alter table keygen_keys drop constraint keygen_keys_${name}`);
  }
  await owner`insert into keygen_keys (entitlement_id, customer_id, code_id, issuer_kid, key_sealed)
    values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'k', 's')`;
  // A lease needs a row in every table above it, none of which matters here.
  await owner`alter table leases drop constraint leases_customer_id_activation_id_activations_customer_id_id_fk`;
  await owner`insert into leases (customer_id, activation_id, sequence, starts_at, ends_at, exchange_id)
    values (gen_random_uuid(), gen_random_uuid(), 1, now(), now(), gen_random_uuid())`;
});

afterAll(async () => {
  await app.end();
  await owner.end();
  await database.drop();
});

async function codeOf(sql: postgres.Sql, statement: string): Promise<string> {
  try {
    await sql.unsafe(statement);
    return 'done';
  } catch (error) {
    return error instanceof postgres.PostgresError ? error.code : String(error);
  }
}

describe.each([
  { table: 'exchanges', column: 'actor' },
  { table: 'audit_entries', column: 'actor' },
  { table: 'audit_seals', column: 'hash' },
  { table: 'audit_checkpoints', column: 'hash' },
  { table: 'leases', column: 'ends_at' },
  { table: 'device_notes', column: 'body' },
  { table: 'inspections', column: 'file_digest' },
  { table: 'keygen_keys', column: 'key_sealed' },
])('$table', ({ table, column }) => {
  const changes = [`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table} cascade`];

  test.each(changes)('refuses the portal by grant: %s', async (change) => {
    expect(await codeOf(app, change)).toBe('42501');
  });

  test.each(changes)('refuses the owner by trigger: %s', async (change) => {
    expect(await codeOf(owner, change)).toBe('23001');
    const [row] = await owner<{ count: number }[]>`select count(*)::integer as count from ${owner(table)}`;
    expect(row?.count).toBe(1);
  });
});

describe('the bytes of a file that came in', () => {
  const where = `where actor = 'bringer'`;

  beforeAll(async () => {
    await owner`insert into exchanges (at, actor, via, kind, outcome, facts, content, reply) values
      (now() - interval '3 days', 'bringer', 'api', 'activation', 'granted', '{}', '\\x01', '\\x02')`;
  });

  test('are not dropped by the role of the portal itself', async () => {
    expect(await codeOf(app, `update exchanges set content = null ${where}`)).toBe('42501');
  });

  test.each([
    `update exchanges set content = '\\x03' ${where}`,
    `update exchanges set content = null, file_size = 7 ${where}`,
    `update exchanges set reply = null ${where}`,
    `update exchanges set content = content ${where}`,
    `update exchanges set content = null ${where}; update exchanges set content = '\\x01' ${where}`,
    `update exchanges set content = null ${where}; update exchanges set content = null ${where}`,
  ])('are dropped alone, and never written: %s', async (change) => {
    expect(await codeOf(owner, `begin; ${change}`)).toBe('23001');
    await owner.unsafe('rollback');
  });

  test('are dropped by the one function for it, and the answer stays', async () => {
    const drop = `select drop_files('{"before": "2100-01-01", "limit": 10, "audit": {"at": "2030-01-01", "actor": "a", "role": "operator", "action": "file.dropped"}}')`;
    expect(await codeOf(app, drop)).toBe('done');
    const rows =
      await owner`select content is null as dropped, reply is not null as answered from exchanges where actor = 'bringer'`;
    expect([...rows]).toEqual([{ dropped: true, answered: true }]);
  });
});
