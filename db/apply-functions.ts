import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A part of the schema that is applied again whenever its text changes: a SQL function with its triggers, or triggers alone. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

const FOLDER = join(import.meta.dirname, 'functions');

/** Reads the functions in the folders of `db/functions`: one in each file, which has its name. */
export function readFunctions(folder = FOLDER): Source[] {
  const files = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.sql'));
  const sources = files.map((file) => ({ name: basename(file, '.sql'), text: readFileSync(join(folder, file), 'utf8') }));
  return sources.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Creates the triggers that refuse every change to the rows of these tables, also by their owner and by replication roles. */
export function appendOnlyTriggers(tables: readonly string[]): Source {
  const text = tables.flatMap((table) => [
    `create or replace trigger ${table}_rows_stay before update or delete on ${table} for each row execute function refuse_change();`,
    `create or replace trigger ${table}_table_stays before truncate on ${table} for each statement execute function refuse_change();`,
    `alter table ${table} enable always trigger ${table}_rows_stay;`,
    `alter table ${table} enable always trigger ${table}_table_stays;`,
  ]);
  return { name: 'append-only triggers', text: text.join('\n') };
}

/** Creates the triggers that count every change to the tables from which keys are read, including changes made by hand. */
export function keyTriggers(tables: readonly string[]): Source {
  const text = tables.flatMap((table) => [
    `create or replace trigger ${table}_count after insert or update or delete or truncate on ${table}`,
    '  for each statement execute function count_key_change();',
  ]);
  return { name: 'key triggers', text: text.join('\n') };
}

/**
 * Sorts sources so that each comes after those it calls.
 *
 * @throws Error when some call each other in a circle
 */
export function sortByCalls(sources: readonly Source[]): Source[] {
  const waiting = new Set(sources);
  const calls = (caller: Source, called: Source) => caller !== called && new RegExp(`\\b${called.name}\\(`).test(caller.text);
  const sorted: Source[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter((source) => ![...waiting].some((other) => calls(source, other)));
    if (ready.length === 0) {
      throw new Error(`expected functions without circles, found ${[...waiting].map(({ name }) => name).join(', ')}`);
    }
    for (const source of ready) {
      waiting.delete(source);
      sorted.push(source);
    }
  }
  return sorted;
}

/**
 * Makes the statements that apply the sources whose text changed since they were last applied, and drop the functions whose file or whose
 * parameters are gone. To be run in one transaction, under the lock of the migrations.
 */
export function applySources(sources: readonly Source[]): string[] {
  const names = sources.map(({ name }) => quote(name)).join(', ');
  const dropGone = `declare gone text; routine text; begin
    for gone in delete from drizzle.applied_functions where name <> all(array[${names}]) returning name loop
      for routine in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = gone loop
        execute format('drop routine if exists %s cascade', routine);
      end loop;
    end loop; end`;
  return [
    'create table if not exists drizzle.applied_functions (name text primary key, digest text not null)',
    ...sortByCalls(sources).map(applySource),
    `do ${quote(dropGone)}`,
    // Only the role of the portal, which is granted them by name, may call the functions.
    unless(
      `not exists (select from pg_proc p where p.pronamespace = 'public'::regnamespace and has_function_privilege('public', p.oid, 'execute'))`,
      'revoke execute on all functions in schema public from public',
    ),
  ];
}

function applySource(source: Source): string {
  const [name, digest] = [quote(source.name), quote(digestOf(source))];
  return unless(
    `exists (select from drizzle.applied_functions where name = ${name} and digest = ${digest})`,
    `execute ${quote(source.text)}; ${dropOverloads(name)};
    insert into drizzle.applied_functions values (${name}, ${digest}) on conflict (name) do update set digest = excluded.digest`,
  );
}

/**
 * PL/pgSQL that drops the functions of a name with other parameters than the one that was just created. That one is known by its row in the
 * catalogue, which this transaction wrote: the parameters stand in the file in a form that only Postgres reads.
 */
function dropOverloads(name: string): string {
  return `declare older text; begin
    for older in select p.oid::regprocedure::text from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.proname = ${name} and p.xmin <> pg_current_xact_id()::xid
    loop execute format('drop routine %s', older); end loop; end`;
}

/** Makes a statement that runs an action unless a condition holds. @param action statements of PL/pgSQL, separated by semicolons */
export function unless(condition: string, action: string): string {
  return `do ${quote(`begin if not (${condition}) then ${action}; end if; end`)}`;
}

function digestOf({ text }: Source): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Quotes a text as a string literal of SQL. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
