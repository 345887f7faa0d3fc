import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';
import type { Scope } from './scope';

/** Rows that one search answers at most. */
export const SEARCH_ROWS = 10;

const found = z.object({
  id: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
  /** The text that starts, or ends, with what was searched. */
  value: z.string(),
  customerId: z.string().nullable(),
});

/** A row that a search found. */
export type FoundRow = z.output<typeof found>;

const foundByWay = z.record(z.string(), z.array(found).nullable());

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

function row(members: { id: SQL; title: SQL; detail: SQL; value: SQL; customerId: SQL }): SQL {
  const { id, title, detail, value, customerId } = members;
  return sql`jsonb_build_object('id', ${id}, 'title', ${title}, 'detail', ${detail}, 'value', ${value}, 'customerId', ${customerId})`;
}

const customers = (value: SQL, where: SQL) =>
  sql`select ${row({ id: sql`c.id`, title: sql`c.name`, detail: sql`c.code`, value, customerId: sql`c.id` })} as found from customers c where ${where}`;

const people = (value: SQL, where: SQL) =>
  sql`select ${row({ id: sql`u.id`, title: sql`u.name`, detail: sql`concat_ws(' · ', u.email, c.name)`, value, customerId: sql`u.customer_id` })} as found
    from users u left join customers c on c.id = u.customer_id where ${where}`;

const devices = (value: SQL, where: SQL) =>
  sql`select ${row({ id: sql`d.id`, title: sql`d.name`, detail: sql`concat_ws(' · ', c.name, d.platform)`, value, customerId: sql`d.customer_id` })} as found
    from devices d join customers c on c.id = d.customer_id where ${where}`;

const components = (where: SQL) =>
  sql`select ${row({ id: sql`d.id`, title: sql`d.name`, detail: sql`concat_ws(' · ', c.name, f.name)`, value: sql`f.digest`, customerId: sql`d.customer_id` })} as found
    from device_components f join devices d on d.id = f.device_id join customers c on c.id = d.customer_id where ${where}`;

const activations = (where: SQL) =>
  sql`select ${row({ id: sql`a.device_id`, title: sql`d.name`, detail: sql`concat_ws(' · ', c.name, p.name)`, value: sql`a.id`, customerId: sql`a.customer_id` })} as found
    from activations a join devices d on d.id = a.device_id join customers c on c.id = a.customer_id join entitlements e on e.id = a.entitlement_id
    join offerings o on o.id = e.offering_id join products p on p.id = o.product_id where ${where}`;

const exchanges = (value: SQL, where: SQL) =>
  sql`select ${row({ id: sql`x.id`, title: sql`coalesce(x.device_name, x.file_name, 'Pasted text')`, detail: sql`concat_ws(' · ', c.name, x.actor, x.outcome, x.code)`, value, customerId: sql`x.customer_id` })} as found
    from exchanges x left join customers c on c.id = x.customer_id where ${where}`;

const entitlements = (value: SQL, where: SQL) =>
  sql`select ${row({ id: sql`e.id`, title: sql`concat_ws(' ', p.name, o.edition)`, detail: sql`concat_ws(' · ', c.name, nullif(e.order_reference, ''))`, value, customerId: sql`e.customer_id` })} as found
    from entitlements e join customers c on c.id = e.customer_id join offerings o on o.id = e.offering_id join products p on p.id = o.product_id where ${where}`;

const codes = (where: SQL) =>
  sql`select ${row({ id: sql`ce.entitlement_id`, title: sql`concat_ws(' ', p.name, o.edition)`, detail: sql`concat_ws(' · ', c.name, case when k.withdrawn_at is not null then 'withdrawn' end)`, value: sql`k.last_four`, customerId: sql`k.customer_id` })} as found
    from activation_codes k join activation_code_entitlements ce on ce.code_id = k.id join entitlements e on e.id = ce.entitlement_id
    join customers c on c.id = k.customer_id join offerings o on o.id = e.offering_id join products p on p.id = o.product_id where ${where}`;

const requestId = sql`split_part(x.request_key, ':', 3) collate "C"`;

/** Every way to be found, each by an index of its own. */
const SEARCHES = {
  'customer-name': (text: string) => customers(sql`c.name`, startsLike(sql`c.name`, text)),
  'customer-code': (text: string) => customers(sql`c.code`, startsLike(sql`c.code`, text)),
  'person-email': (text: string) => people(sql`u.email`, startsLike(sql`u.email`, text)),
  'person-name': (text: string) => people(sql`u.name`, startsLike(sql`u.name`, text)),
  'device-name': (text: string) => devices(sql`d.name`, startsLike(sql`d.name`, text)),
  'device-hostname': (text: string) => devices(sql`d.hostname`, startsLike(sql`d.hostname`, text)),
  'device-id': (text: string) => devices(sql`d.id`, idStarts(sql`d.id`, text)),
  fingerprint: (text: string) =>
    components(
      sql`f.digest collate "C" >= ${text}::text and f.digest collate "C" < ${text}::text || chr(1114111) order by f.digest collate "C", f.device_id`,
    ),
  'activation-id': (text: string) => activations(idStarts(sql`a.id`, text)),
  'trouble-code': (text: string) => exchanges(sql`x.trouble_code`, sql`x.trouble_code = upper(${text}::text) order by x.at desc`),
  'request-id': (text: string) =>
    exchanges(
      sql`split_part(x.request_key, ':', 3)`,
      sql`${requestId} >= lower(${text}::text) and ${requestId} < lower(${text}::text) || chr(1114111) order by ${requestId}`,
    ),
  'exchange-id': (text: string) => exchanges(sql`x.id`, idStarts(sql`x.id`, text)),
  'order-reference': (text: string) =>
    entitlements(sql`e.order_reference`, startsLike(sql`e.order_reference`, text, sql`e.order_reference <> ''`)),
  'entitlement-id': (text: string) => entitlements(sql`e.id`, idStarts(sql`e.id`, text)),
  'last-four': (text: string) => codes(sql`k.last_four = upper(${text}::text) order by k.created_at desc`),
} as const;

export type SearchedBy = keyof typeof SEARCHES;

/** One way to search. For ids the text is hexadecimal digits, hyphens left out or not. */
export interface Look {
  readonly by: SearchedBy;
  readonly text: string;
}

/** The statement that searches in all of these ways at once. Asks each for one row more than {@link SEARCH_ROWS}. */
export function searchStatement(looks: readonly Look[]): SQL {
  const found = looks.map(
    ({ by, text }) =>
      sql`${sql.raw(`'${by}'`)}, (select jsonb_agg(s.found) from (${SEARCHES[by](text)} limit ${SEARCH_ROWS + 1}::integer) s)`,
  );
  return sql`select jsonb_build_object(${sql.join(found, sql`, `)}) as found`;
}

/**
 * Finds, in one statement, what has a text that starts like this, in each of the ways that are asked for.
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
  const answer = foundByWay.parse(rows[0]?.found);
  return new Map(search.looks.map(({ by }) => [by, answer[by] ?? []]));
}
