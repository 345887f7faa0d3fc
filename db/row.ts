import type { SQL, Table } from 'drizzle-orm';
import { getTableColumns, sql } from 'drizzle-orm';
import { createSchemaFactory } from 'drizzle-zod';
import { z } from 'zod';

/** An instant as Postgres writes it into JSON. */
export const instantFromJson = z
  .string()
  .transform((text) => new Date(text))
  .refine((at) => !Number.isNaN(at.getTime()), 'expected an instant');

const factory = createSchemaFactory({
  coerce: { date: true },
  // Dates come as text and as nothing else; Postgres takes ids of any version.
  zodInstance: { ...z, uuid: z.guid, coerce: { ...z.coerce, date: () => instantFromJson } },
});

/**
 * Derives the schema that checks a row of a table when it comes as JSON, as {@link rowJson} writes it. Narrow it with `pick` or `omit`, add
 * computed members with `extend`. Of `jsonb` columns only the type is known (`$type` in the table); pass their schema to check them too.
 */
export const rowSchema = factory.createSelectSchema;

/**
 * Writes SQL for the JSON of a row: the columns of the table that the schema of the row names, under their names in `db/schema`.
 *
 * @param alias of the table in the statement
 */
export function rowJson(table: Table, alias: string, { shape }: z.ZodObject): SQL {
  const members = Object.entries(getTableColumns(table)).filter(([member]) => member in shape);
  return sql.raw(`jsonb_build_object(${members.map(([member, { name }]) => `'${member}', ${alias}.${name}`).join(', ')})`);
}

/** Names of columns by names of members: the same few dozen in every row. */
const columns = new Map<string, string>();

function columnOf(member: string): string {
  const known = columns.get(member);
  if (known !== undefined) return known;
  const column = member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columns.set(member, column);
  return column;
}

/** Converts a row to the JSON that SQL functions populate records from: members by the names of their columns, bytes in hex. */
export function toRowJson(row: object): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(row)) {
    json[columnOf(member)] = value instanceof Uint8Array ? hexOf(value) : value;
  }
  return json;
}

function hexOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return `\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}`;
}
