import { join } from 'node:path';
import { getTableColumns } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { Logger, runMigrations } from 'graphile-worker';
import postgres from 'postgres';
import type { Source } from './apply-functions';
import { appendOnlyTriggers, applyFunctions, keyTriggers, readFunctions } from './apply-functions';
import { DIALECT_APPEND_ONLY, DIALECT_KEY_TABLES } from './dialects/tables';
import { auditEntries } from './schema/exchanges';

const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** Migrations of the queue say nothing that the person who starts the portal needs. */
const quietLogger = new Logger(() => () => undefined);

/** Tables whose rows stay as they were written. */
const APPEND_ONLY = [
  ...['exchanges', 'audit_entries', 'audit_seals', 'audit_checkpoints'],
  ...['leases', 'device_notes', 'inspections'],
  ...DIALECT_APPEND_ONLY,
];

/** Tables that keys are read from. */
const KEY_TABLES = ['vendor', 'signing_keys', 'exchange_keys', ...DIALECT_KEY_TABLES];

/** The functions and triggers of the schema. */
export function schemaSources(): Source[] {
  return [...readFunctions(), appendOnlyTriggers(APPEND_ONLY), keyTriggers(KEY_TABLES)];
}

/** Tables that only `seal_audit` writes, which runs as their owner. */
const SEALED_BY_FUNCTION = ['audit_seals', 'audit_checkpoints', 'audit_watermark'];

const COLUMNS_OF_ENTRIES = Object.values(getTableColumns(auditEntries))
  .filter(({ generatedIdentity }) => generatedIdentity === undefined)
  .map(({ name }) => quoteName(name));

/**
 * Brings the schema up to date, and pins the settings that the seat rules rely on to the role that the portal signs in with.
 *
 * @param options.ownerUrl connection of the role that owns the database
 * @param options.appRole role the portal runs as; null when it is the owner itself, so that only the triggers keep tables append-only
 */
export async function migrateDatabase(options: { ownerUrl: string; appRole: string | null }): Promise<void> {
  const sql = postgres(options.ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    // Replicas that start together migrate one after the other. The lock goes with the connection.
    await sql`select pg_advisory_lock(hashtext('airgate migrations'))`;
    await refuseOlderSchema(sql);
    await migrate(drizzle(sql), { migrationsFolder: MIGRATIONS });
    await applyFunctions(sql, schemaSources());
    // The queue keeps its own schema, which is made here as well: the portal's role may not make one.
    await runMigrations({ connectionString: options.ownerUrl, logger: quietLogger });
    await grantToApp(sql, options.appRole);
    await grantQueueToApp(sql, options.appRole);
  } finally {
    await sql.end();
  }
}

/**
 * Refuses a database that was filled by a version before the baseline: its tables cannot be brought up to date.
 *
 * @throws Error
 */
async function refuseOlderSchema(sql: postgres.Sql): Promise<void> {
  const [found] = await sql<{ journal: boolean }[]>`select to_regclass('drizzle.__drizzle_migrations') is not null as journal`;
  if (found?.journal !== true) return;
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash);
  const foreign = await sql`select from drizzle.__drizzle_migrations where hash <> all(${known})`;
  if (foreign.length === 0) return;
  throw new Error(
    'this database was made by another version of Airgate, whose tables this one cannot bring up to date. Use an empty database, or remove DATA_DIR to start anew with the embedded one.',
  );
}

async function grantToApp(sql: postgres.Sql, appRole: string | null): Promise<void> {
  const role = sql(appRole ?? (await currentRole(sql)));
  const [database] = await sql<{ name: string }[]>`select current_database() as name`;
  if (database === undefined) throw new Error('expected the name of the database, found nothing');
  const settings = {
    synchronous_commit: 'on',
    // Instants are read as the server writes them.
    datestyle: 'ISO',
    lock_timeout: '2s',
    statement_timeout: '5s',
    idle_in_transaction_session_timeout: '10s',
  };
  for (const [name, value] of Object.entries(settings)) {
    await sql`alter role ${role} in database ${sql(database.name)} set ${sql(name)} to ${sql.unsafe(`'${value}'`)}`;
  }
  if (appRole === null) return;
  // One after the other they would leave moments in which a portal that runs could do what it must not.
  await sql.unsafe(grantsTo(quoteName(appRole)));
}

/** What the role of the portal may do. In one text, which the server carries out as one transaction. */
function grantsTo(role: string): string {
  return [
    `grant usage on schema public to ${role}`,
    `grant select, insert, update, delete on all tables in schema public to ${role}`,
    `grant usage on all sequences in schema public to ${role}`,
    `grant execute on all functions in schema public to ${role}`,
    `revoke update, delete, truncate on ${APPEND_ONLY.join(', ')} from ${role}`,
    `revoke insert, update, delete, truncate on ${SEALED_BY_FUNCTION.join(', ')} from ${role}`,
    // Who could choose an id could write an entry in the place of one that never was, among those that are sealed.
    `revoke insert on audit_entries from ${role}`,
    `grant insert (${COLUMNS_OF_ENTRIES.join(', ')}) on audit_entries to ${role}`,
  ].join(';\n');
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The portal's role works the queue and owns nothing of it. Its tables let only their owner see rows until a policy says otherwise. */
async function grantQueueToApp(sql: postgres.Sql, appRole: string | null): Promise<void> {
  if (appRole === null) return;
  const role = sql(appRole);
  await sql`grant usage on schema graphile_worker to ${role}`;
  await sql`grant select, insert, update, delete on all tables in schema graphile_worker to ${role}`;
  await sql`grant usage on all sequences in schema graphile_worker to ${role}`;
  await sql`grant execute on all functions in schema graphile_worker to ${role}`;
  const guarded = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'portal_works_the_queue')`;
  for (const { name } of guarded) {
    await sql`create policy portal_works_the_queue on graphile_worker.${sql(name)} to ${role} using (true) with check (true)`;
  }
}

async function currentRole(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ role: string }[]>`select current_user as role`;
  if (row === undefined) throw new Error('expected the name of the role, found nothing');
  return row.role;
}
