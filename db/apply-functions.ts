import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Sql } from 'postgres';

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
 * Applies the sources whose text differs from what was applied last, and drops functions whose file is gone. The caller holds the lock of
 * the migrations. A source and the note that it was applied are one statement, so that a crash in between applies it once more.
 *
 * @returns names of the sources that were applied or dropped
 */
export async function applyFunctions(sql: Sql, sources: readonly Source[]): Promise<string[]> {
  await sql`create table if not exists drizzle.applied_functions (name text primary key, digest text not null)`;
  const rows = await sql<{ name: string; digest: string }[]>`select name, digest from drizzle.applied_functions`;
  const applied = new Map(rows.map(({ name, digest }) => [name, digest]));
  const changed = sortByCalls(sources).filter((source) => applied.get(source.name) !== digestOf(source));
  for (const source of changed) {
    const [name, digest] = [quote(source.name), quote(digestOf(source))];
    await sql.unsafe(
      `${source.text}\n;insert into drizzle.applied_functions values (${name}, ${digest}) on conflict (name) do update set digest = excluded.digest`,
    );
  }
  const gone = [...applied.keys()].filter((name) => !sources.some((source) => source.name === name));
  for (const name of gone) {
    const drop = /^\w+$/.test(name) ? `drop routine if exists public.${name} cascade;` : '';
    await sql.unsafe(`${drop}delete from drizzle.applied_functions where name = ${quote(name)}`);
  }
  // Only the role of the portal, which is granted them by name, performs the functions.
  if (changed.length > 0) await sql`revoke execute on all functions in schema public from public`;
  return [...changed.map(({ name }) => name), ...gone];
}

function digestOf({ text }: Source): string {
  return createHash('sha256').update(text).digest('hex');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
