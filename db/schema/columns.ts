import { sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** A uuid primary key. */
export const id = () => uuid('id').primaryKey().default(sql`gen_random_uuid()`);

/** An instant with time zone, read and written as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** When the row was made, by the database's clock. */
export const createdAt = () => instant('created_at').notNull().defaultNow();

/** What an index holds so that texts are found by how they start, whatever their case. Sorted by code point, so that a start is a range. */
export const startOf = (column: AnyPgColumn) => sql`lower(${column}) collate "C"`;
