import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';
import type { Scope } from './scope';
import type { FoundDetail, FoundKind } from './search-details';
import { detailStatement, detailsFromJson } from './search-details';

/** Rows that one search answers at most. */
export const SEARCH_ROWS = 10;

/** A row that a search found. */
export interface FoundRow extends Omit<FoundDetail, 'key'> {
  /** The text that starts, or ends, with what was searched. */
  readonly value: string;
}

/** Condition and order of the `*_start` indexes. The order keeps a limit from tempting the planner to read the table from its start. */
function startsLike(text: SQL, start: string, rest: SQL = sql`true`): SQL {
  const column = sql`lower(${text}) collate "C"`;
  return sql`${column} >= lower(${start}::text) collate "C" and ${column} < (lower(${start}::text) || chr(1114111)) collate "C" and ${rest} order by ${column}`;
}

/** All ids that start with these hexadecimal digits are a range of the primary key. */
function idStarts(column: SQL, start: string): SQL {
  const digits = start.replaceAll('-', '').slice(0, 32);
  return sql`${column} between ${digits.padEnd(32, '0')}::uuid and ${digits.padEnd(32, 'f')}::uuid order by ${column}`;
}

const requestId = sql`split_part(x.request_key, ':', 3)`;

/** Condition and order for texts of upper and lower case letters that differ, such as digests. */
function startsWith(text: SQL, start: string): SQL {
  const column = sql`${text} collate "C"`;
  return sql`${column} >= ${start}::text and ${column} < ${start}::text || chr(1114111) order by ${column}`;
}

interface Way {
  readonly kind: FoundKind;
  /** The id and the text of the rows of one table that one index finds. No joins: they take longer to plan than to run. */
  readonly scan: (text: string) => SQL;
}

/** Every way to be found, each by an index of its own. */
const WAYS = {
  'customer-name': {
    kind: 'customer',
    scan: (text) => sql`select c.id, c.name as value from customers c where ${startsLike(sql`c.name`, text)}`,
  },
  'customer-code': {
    kind: 'customer',
    scan: (text) => sql`select c.id, c.code as value from customers c where ${startsLike(sql`c.code`, text)}`,
  },
  'person-email': {
    kind: 'person',
    scan: (text) => sql`select u.id, u.email as value from users u where ${startsLike(sql`u.email`, text)}`,
  },
  'person-name': {
    kind: 'person',
    scan: (text) => sql`select u.id, u.name as value from users u where ${startsLike(sql`u.name`, text)}`,
  },
  'device-name': {
    kind: 'device',
    scan: (text) => sql`select d.id, d.name as value from devices d where ${startsLike(sql`d.name`, text)}`,
  },
  'device-hostname': {
    kind: 'device',
    scan: (text) => sql`select d.id, d.hostname as value from devices d where ${startsLike(sql`d.hostname`, text)}`,
  },
  'device-id': {
    kind: 'device',
    scan: (text) => sql`select d.id, d.id::text as value from devices d where ${idStarts(sql`d.id`, text)}`,
  },
  fingerprint: {
    kind: 'device',
    scan: (text) =>
      sql`select f.device_id as id, f.digest as value from device_components f where ${startsWith(sql`f.digest`, text)}, f.device_id`,
  },
  'activation-id': {
    kind: 'activation',
    scan: (text) => sql`select a.id, a.id::text as value from activations a where ${idStarts(sql`a.id`, text)}`,
  },
  'trouble-code': {
    kind: 'exchange',
    scan: (text) =>
      sql`select x.id, x.trouble_code as value from exchanges x where x.trouble_code = upper(${text}::text) order by x.at desc`,
  },
  'request-id': {
    kind: 'exchange',
    scan: (text) => sql`select x.id, ${requestId} as value from exchanges x where ${startsWith(requestId, text.toLowerCase())}`,
  },
  'exchange-id': {
    kind: 'exchange',
    scan: (text) => sql`select x.id, x.id::text as value from exchanges x where ${idStarts(sql`x.id`, text)}`,
  },
  'order-reference': {
    kind: 'entitlement',
    scan: (text) =>
      sql`select e.id, e.order_reference as value from entitlements e where ${startsLike(sql`e.order_reference`, text, sql`e.order_reference <> ''`)}`,
  },
  'entitlement-id': {
    kind: 'entitlement',
    scan: (text) => sql`select e.id, e.id::text as value from entitlements e where ${idStarts(sql`e.id`, text)}`,
  },
  'last-four': {
    kind: 'code',
    scan: (text) =>
      sql`select k.id, k.last_four as value from activation_codes k where k.last_four = upper(${text}::text) order by k.created_at desc`,
  },
} as const satisfies Record<string, Way>;

export type SearchedBy = keyof typeof WAYS;

/** One way to search. For ids the text is hexadecimal digits, hyphens left out or not. */
export interface Look {
  readonly by: SearchedBy;
  readonly text: string;
}

/** The statement that searches in all of these ways at once. Asks each for one row more than {@link SEARCH_ROWS}. */
export function searchStatement(looks: readonly Look[]): SQL {
  const found = looks.map(
    ({ by, text }) =>
      sql`${sql.raw(`'${by}'`)}, (select jsonb_agg(jsonb_build_array(s.id, s.value)) from (${WAYS[by].scan(text)} limit ${SEARCH_ROWS + 1}::integer) s)`,
  );
  return sql`select jsonb_build_object(${sql.join(found, sql`, `)}) as found`;
}

const scanned = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])).nullable());

/**
 * Finds what has a text that starts like this, in each of the ways that are asked for: what is found in one statement, its names in another.
 *
 * @param search.scope everything: who searches across customers
 * @returns rows by the way they were found; one more than {@link SEARCH_ROWS} tells that there are more
 */
export async function searchBy(
  db: Database,
  search: { scope: Extract<Scope, { kind: 'all' }>; looks: readonly Look[] },
): Promise<ReadonlyMap<SearchedBy, readonly FoundRow[]>> {
  if (search.looks.length === 0) return new Map();
  const rows = await db.execute<{ found: unknown }>(searchStatement(search.looks));
  const answer = scanned.parse(rows[0]?.found);
  const found = search.looks.map(({ by }) => ({ by, kind: WAYS[by].kind, hits: answer[by] ?? [] }));
  const ids = new Map<FoundKind, string[]>();
  for (const { kind, hits } of found) {
    if (hits.length > 0) ids.set(kind, [...(ids.get(kind) ?? []), ...hits.map(([id]) => id)]);
  }
  const details = await readDetails(db, ids);
  const rowsOf = (kind: FoundKind, hits: readonly [id: string, value: string][]): FoundRow[] =>
    hits.flatMap(([id, value]) =>
      (details[kind] ?? []).filter(({ key }) => key === id).map(({ key: _, ...row }) => ({ ...row, value })),
    );
  return new Map(found.map(({ by, kind, hits }) => [by, rowsOf(kind, hits)]));
}

async function readDetails(db: Database, ids: ReadonlyMap<FoundKind, readonly string[]>) {
  if (ids.size === 0) return {};
  const rows = await db.execute<{ found: unknown }>(detailStatement(ids));
  return detailsFromJson.parse(rows[0]?.found);
}
