import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A part of the schema that is written anew whenever its text changes: a SQL function with its triggers, or triggers alone. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

const FOLDER = join(import.meta.dirname, 'functions');

/** Reads the functions of the folders of `db/functions`: one file each, named like the function. */
export function readFunctions(folder = FOLDER): Source[] {
  const files = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('.sql'));
  const sources = files.map((file) => ({ name: basename(file, '.sql'), text: readFileSync(join(folder, file), 'utf8') }));
  return sources.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Triggers that refuse every change to the rows of a table, for its owner and for replication roles too. */
export function appendOnlyTriggers(tables: readonly string[]): Source {
  const text = tables.flatMap((table) => [
    `create or replace trigger ${table}_rows_stay before update or delete on ${table} for each row execute function refuse_change();`,
    `create or replace trigger ${table}_table_stays before truncate on ${table} for each statement execute function refuse_change();`,
    `alter table ${table} enable always trigger ${table}_rows_stay;`,
    `alter table ${table} enable always trigger ${table}_table_stays;`,
  ]);
  return { name: 'append-only triggers', text: text.join('\n') };
}

/** Triggers that count every change to tables which keys are read from, also one that is made by hand. */
export function keyTriggers(tables: readonly string[]): Source {
  const text = tables.flatMap((table) => [
    `create or replace trigger ${table}_count after insert or update or delete or truncate on ${table}`,
    '  for each statement execute function count_key_change();',
  ]);
  return { name: 'key triggers', text: text.join('\n') };
}

/**
 * Puts sources behind those they call.
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
 * What applies the sources whose text differs from what was applied last, and drops functions whose file is gone: statements to be carried out
 * in one transaction, under the lock of the migrations.
 */
export function applySources(sources: readonly Source[]): string[] {
  const names = sources.map(({ name }) => quote(name)).join(', ');
  const dropGone = `declare gone text; begin
    for gone in delete from drizzle.applied_functions where name <> all(array[${names}]) returning name loop
      if gone ~ '^\\w+$' then execute format('drop routine if exists public.%I cascade', gone); end if;
    end loop; end`;
  return [
    'create table if not exists drizzle.applied_functions (name text primary key, digest text not null)',
    ...sortByCalls(sources).map(applySource),
    `do ${quote(dropGone)}`,
    // Only the role of the portal, which is granted them by name, performs the functions.
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
    `execute ${quote(source.text)}; insert into drizzle.applied_functions values (${name}, ${digest}) on conflict (name) do update set digest = excluded.digest`,
  );
}

/** A statement that acts where a condition does not hold. @param action statements of PL/pgSQL with semicolons between */
export function unless(condition: string, action: string): string {
  return `do ${quote(`begin if not (${condition}) then ${action}; end if; end`)}`;
}

function digestOf({ text }: Source): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A text of SQL. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
