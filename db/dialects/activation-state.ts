import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { keygenStateJson } from '../keygen/keygen-keys';

/** What each dialect has read along with an activation about its entitlement `e` with its joins. Null: it reads what it needs by itself. */
const STATES: Readonly<Record<DialectId, SQL | null>> = { native: null, keygen: keygenStateJson, licensespring: null };

const branches = Object.entries(STATES).flatMap(([id, json]) =>
  json === null ? [] : [sql`when ${sql.raw(`'${id}'`)} then ${json}`],
);

/** JSON of what the dialect of an activation `a` has read along with it, which that dialect parses; null for other dialects. */
export const dialectStateJson: SQL = branches.length === 0 ? sql`null` : sql`case a.dialect ${sql.join(branches, sql` `)} end`;
