import { join } from 'node:path';
import { getTableColumns } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { Logger, runMigrations } from 'graphile-worker';
import type postgres from 'postgres';
import type { Source } from './apply-functions';
import { appendOnlyTriggers, applySources, keyTriggers, quote, readFunctions, unless } from './apply-functions';
import { DIALECT_APPEND_ONLY, DIALECT_KEY_TABLES } from './dialects/tables';
import { isPooled, openPlain } from './pooler';
import { queueUrls } from './queue-url';
import { auditEntries } from './schema/exchanges';

const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** The messages of the queue's migrations are of no use to the person who starts the portal. */
const quietLogger = new Logger(() => () => undefined);

/** Tables whose rows never change. */
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

/** Other migrations wait, without a time limit: the limits of the portal's role do not apply here. */
const ALONE = [
  'set local lock_timeout = 0',
  'set local statement_timeout = 0',
  `select pg_advisory_xact_lock(hashtext('airgate migrations'))`,
];

/** Settings that the seat rules rely on, and time limits for the portal's statements. */
const LIMITS = [
  'synchronous_commit=on',
  'lock_timeout=2s',
  'statement_timeout=5s',
  'idle_in_transaction_session_timeout=10s',
  // Instants are read as the server writes them. Under its own spelling, by which the server stores it.
  'DateStyle=ISO',
];

const OTHER_VERSION =
  'this database was made by another version of Airgate, whose tables this one cannot bring up to date. Use an empty database, or remove DATA_DIR to start anew with the embedded one.';

const OTHER_DATABASE =
  'MIGRATION_DATABASE_URL: expected the database of DATABASE_URL, found another: its tables are not there. Name the same host and database in both.';

const EXPECT_TABLES = unless(
  `to_regclass('public.exchanges') is not null`,
  `raise exception using errcode = 'AG002', message = ${quote(OTHER_DATABASE)}`,
);

const PIN_LIMITS = unless(
  `exists (select from pg_db_role_setting s where s.setrole = (select oid from pg_roles where rolname = current_user)
    and s.setdatabase = (select oid from pg_database where datname = current_database()) and s.setconfig @> array[${LIMITS.map(quote).join(', ')}])`,
  LIMITS.map((limit) => {
    const [name = '', value = ''] = limit.split('=');
    return `execute format('alter role %I in database %I set ${name} to %L', current_user, current_database(), ${quote(value)})`;
  }).join('; '),
);

/** Joins the statements of a step, under the lock of the migrations. */
function together(statements: readonly string[]): string {
  return [...ALONE, ...statements].join(';\n');
}

/**
 * Brings the schema up to date, grants the portal's role what it needs, and pins its limits.
 *
 * Each step is one text, which the server carries out as one transaction: it holds the lock of the migrations until that ends,
 * and needs no session state, so that a pooler may stand between.
 *
 * @param options.ownerUrl connection of the role that owns the database
 * @param options.appUrl connection of the role the portal runs as; when that is the owner itself, only the triggers keep tables append-only
 * @throws PostgresError with the code `AG002` and words for the person who starts the portal, when the database cannot be used
 */
export async function migrateDatabase(options: { ownerUrl: string; appUrl: string }): Promise<void> {
  const [owner, app] = [openPlain(options.ownerUrl), openPlain(options.appUrl)];
  try {
    const [ownerRole, appRole] = [await currentRole(owner), await currentRole(app)];
    const toApp = appRole === ownerRole ? [] : grantsTo(appRole);
    await owner.unsafe(together([...readMigrations(), ...applySources(schemaSources()), ...toApp]));
    // The queue keeps its own schema, which is made here as well: the portal's role may not make one.
    await migrateQueue(owner, options.ownerUrl);
    if (appRole !== ownerRole) await owner.unsafe(together(queueGrantsTo(quoteName(appRole))));
    // A role may pin its own settings, so the owner needs no right to alter roles.
    await app.unsafe(together([EXPECT_TABLES, PIN_LIMITS]));
  } finally {
    await Promise.all([owner.end(), app.end()]);
  }
}

/**
 * Builds the statements that check that all applied migrations are known, and apply the others. Tables made before the baseline cannot be brought
 * up to date.
 */
function readMigrations(): string[] {
  const migrations = readMigrationFiles({ migrationsFolder: MIGRATIONS });
  const known = migrations.map(({ hash }) => quote(hash)).join(', ');
  return [
    'create schema if not exists drizzle',
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    unless(
      `not exists (select from drizzle.__drizzle_migrations where hash not in (${known}))`,
      `raise exception using errcode = 'AG002', message = ${quote(OTHER_VERSION)}`,
    ),
    ...migrations.map(({ hash, folderMillis, sql }) =>
      unless(
        `exists (select from drizzle.__drizzle_migrations where hash = ${quote(hash)})`,
        `execute ${quote(sql.join(';\n'))}; insert into drizzle.__drizzle_migrations (hash, created_at) values (${quote(hash)}, ${folderMillis})`,
      ),
    ),
  ];
}

/** Builds the grants of the portal's role. They belong in one transaction, so that a running portal never has more rights than these. */
function grantsTo(role: string): string[] {
  return [
    // The owner of the tables need not own the schema.
    unless(`has_schema_privilege(${quote(role)}, 'public', 'usage')`, `grant usage on schema public to ${quoteName(role)}`),
    ...grantsIn('public', quoteName(role)),
    `revoke update, delete, truncate on ${APPEND_ONLY.join(', ')} from ${quoteName(role)}`,
    `revoke insert, update, delete, truncate on ${SEALED_BY_FUNCTION.join(', ')} from ${quoteName(role)}`,
    // With a chosen id, an entry could be inserted later among those that already have an audit seal.
    `revoke insert on audit_entries from ${quoteName(role)}`,
    `grant insert (${COLUMNS_OF_ENTRIES.join(', ')}) on audit_entries to ${quoteName(role)}`,
  ];
}

function grantsIn(schema: string, role: string): string[] {
  return [
    `grant select, insert, update, delete on all tables in schema ${schema} to ${role}`,
    `grant usage on all sequences in schema ${schema} to ${role}`,
    `grant execute on all functions in schema ${schema} to ${role}`,
  ];
}

/** Builds the grants by which the portal's role works the queue without owning it. Row security hides all rows from others than the owner without a policy. */
function queueGrantsTo(role: string): string[] {
  const policy = `create policy portal_works_the_queue on %s to ${role} using (true) with check (true)`;
  const body = `declare guarded regclass; begin
    for guarded in select c.oid from pg_class c
      where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'portal_works_the_queue')
    loop execute format(${quote(policy)}, guarded); end loop; end`;
  return [`grant usage on schema graphile_worker to ${role}`, ...grantsIn('graphile_worker', role), `do ${quote(body)}`];
}

/** Migrates the queue in its own steps. Behind a pooler no setting may be changed on a connection, since others use it afterwards. */
async function migrateQueue(owner: postgres.Sql, ownerUrl: string): Promise<void> {
  const plugin: GraphileConfig.Plugin = {
    name: 'airgate-unlimited',
    version: '1.0.0',
    worker: {
      hooks: {
        async premigrate(_context, { client }) {
          await client.query('set lock_timeout = 0; set statement_timeout = 0');
        },
      },
    },
  };
  const plugins = (await isPooled(owner)) ? [] : [plugin];
  const failures: unknown[] = [];
  for (const connectionString of queueUrls(ownerUrl)) {
    try {
      return await runMigrations({ connectionString, logger: quietLogger, preset: { plugins } });
    } catch (error) {
      // Of several hosts one is the primary.
      failures.push(error);
    }
  }
  throw failures.at(-1);
}

async function currentRole(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ role: string }[]>`select current_user as role`;
  if (row === undefined) throw new Error('expected the name of the role, found nothing');
  return row.role;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
