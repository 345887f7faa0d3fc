import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { keygenStateJson } from '../keygen/keygen-keys';

/** SQL of what each dialect reads together with an activation, about its entitlement `e` with its joins. Null: the dialect reads it separately. */
const STATES: Readonly<Record<DialectId, SQL | null>> = { native: null, keygen: keygenStateJson, licensespring: null };

const branches = Object.entries(STATES).flatMap(([id, json]) =>
  json === null ? [] : [sql`when ${sql.raw(`'${id}'`)} then ${json}`],
);

/** JSON of what the dialect of an activation `a` reads together with it, and parses itself; null for dialects that read nothing. */
export const dialectStateJson: SQL = branches.length === 0 ? sql`null` : sql`case a.dialect ${sql.join(branches, sql` `)} end`;
