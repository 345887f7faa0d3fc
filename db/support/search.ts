import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { Database } from '../client';
import type { Scope } from '../scope';
import type { FoundKind, FoundRow } from './search-details';
import { DETAILS, foundByWay } from './search-details';

/** Most rows that one search returns. */
export const SEARCH_ROWS = 10;

/** SQL of the searched text. Read from a row, so that each connection plans the statement once for any text. */
const TEXT = '(select text from given)';

/** Condition and order of the `*_start` indexes. The order keeps a limit from tempting the planner to read the table from its start. */
function startsLike(column: string): string {
  return startsWith(`lower(${column})`, `lower(${TEXT})`);
}

/** The same for texts whose upper and lower case letters differ, such as digests. */
function startsWith(column: string, start = TEXT): string {
  const sorted = `${column} collate "C"`;
  return `${sorted} >= ${start} collate "C" and ${sorted} < (${start} || chr(1114111)) collate "C" order by ${sorted}`;
}

/** All ids that start with these hexadecimal digits are a range of the primary key. */
function idStarts(column: string): string {
  const edge = (digit: string) => `rpad(left(replace(${TEXT}, '-', ''), 32), 32, '${digit}')::uuid`;
  return `${column} between ${edge('0')} and ${edge('f')} order by ${column}`;
}

interface Way {
  readonly kind: FoundKind;
  /** The id and the text of the rows of one table that one index finds. */
  readonly scan: string;
}

const requestId = "split_part(x.request_key, ':', 3)";

/** All ways to search, each by its own index. */
const WAYS = {
  'customer-name': { kind: 'customer', scan: `c.id, c.name as value from customers c where ${startsLike('c.name')}` },
  'customer-code': { kind: 'customer', scan: `c.id, c.code as value from customers c where ${startsLike('c.code')}` },
  'person-email': {
    kind: 'person',
    scan: `u.id, u.email as value from users u where u.deleted_at is null and ${startsLike('u.email')}`,
  },
  'person-name': {
    kind: 'person',
    scan: `u.id, u.name as value from users u where u.deleted_at is null and ${startsLike('u.name')}`,
  },
  'device-name': { kind: 'device', scan: `d.id, d.name as value from devices d where ${startsLike('d.name')}` },
  'device-asset-tag': { kind: 'device', scan: `d.id, d.asset_tag as value from devices d where ${startsLike('d.asset_tag')}` },
  'device-hostname': { kind: 'device', scan: `d.id, d.hostname as value from devices d where ${startsLike('d.hostname')}` },
  'device-id': { kind: 'device', scan: `d.id, d.id::text as value from devices d where ${idStarts('d.id')}` },
  fingerprint: {
    kind: 'device',
    scan: `f.device_id as id, f.digest as value from device_components f where ${startsWith('f.digest')}, f.device_id`,
  },
  'activation-id': { kind: 'activation', scan: `a.id, a.id::text as value from activations a where ${idStarts('a.id')}` },
  'trouble-code': {
    kind: 'exchange',
    scan: `x.id, x.trouble_code as value from exchanges x where x.trouble_code = upper(${TEXT}) order by x.at desc`,
  },
  'trouble-code-of-act': {
    kind: 'attempt',
    scan: `a.id, a.trouble_code as value from audit_entries a where a.trouble_code = upper(${TEXT}) order by a.id desc`,
  },
  'request-id': {
    kind: 'exchange',
    scan: `x.id, ${requestId} as value from exchanges x where ${startsWith(requestId, `lower(${TEXT})`)}`,
  },
  'exchange-id': { kind: 'exchange', scan: `x.id, x.id::text as value from exchanges x where ${idStarts('x.id')}` },
  'order-reference': {
    kind: 'entitlement',
    scan: `e.id, e.order_reference as value from entitlements e where e.order_reference <> '' and ${startsLike('e.order_reference')}`,
  },
  'entitlement-id': { kind: 'entitlement', scan: `e.id, e.id::text as value from entitlements e where ${idStarts('e.id')}` },
  'last-four': {
    kind: 'code',
    scan: `k.id, k.last_four as value from activation_codes k where k.last_four = upper(right(${TEXT}, 4)) order by k.created_at desc`,
  },
} as const satisfies Record<string, Way>;

export type SearchedBy = keyof typeof WAYS;

/** Lists the ways that find rows of a kind, in the order of the result. */
export function waysTo(kind: FoundKind): SearchedBy[] {
  return (Object.keys(WAYS) as SearchedBy[]).filter((by) => WAYS[by].kind === kind);
}

/** A text, and the ways to search for it. An id may be given with or without hyphens. */
export interface Look {
  readonly text: string;
  readonly ways: readonly SearchedBy[];
}

/** Builds the statement that searches in all of these ways at once. Reads one row more than {@link SEARCH_ROWS} by each. */
export function searchStatement({ text, ways }: Look): SQL {
  const found = ways.map((by) => {
    const { scan, kind } = WAYS[by];
    return `'${by}', (select jsonb_agg(t.found) from (select ${scan} limit ${SEARCH_ROWS + 1}) s, lateral (${DETAILS[kind]}) t)`;
  });
  return sql`with given as materialized (select ${text}::text as text) select jsonb_build_object(${sql.raw(found.join(', '))}) as found`;
}

/**
 * Finds the rows that start with a text, in each of the given ways, in one statement.
 *
 * @param search.scope only an actor who sees all customers may search
 * @returns rows by the way they were found; one more than {@link SEARCH_ROWS} means that there are more
 */
export async function searchBy(
  db: Database,
  { look }: { scope: Extract<Scope, { kind: 'all' }>; look: Look },
): Promise<ReadonlyMap<SearchedBy, readonly FoundRow[]>> {
  if (look.ways.length === 0) return new Map();
  const rows = await db.execute<{ found: unknown }>(searchStatement(look));
  const answer = foundByWay.parse(rows[0]?.found);
  return new Map(look.ways.map((by) => [by, answer[by] ?? []]));
}
