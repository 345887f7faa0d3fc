import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { AuditKind } from '@/lib/licensing/audit/audit-action';
import { AUDIT_ACTIONS } from '@/lib/licensing/audit/audit-action';
import { devicesByName } from '../devices/devices-starting';
import type { Scope } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';

/** Which page of the audit: the entries next to the cursor, on one side of it. Null starts at that side's end of the audit. */
export interface AuditPage {
  readonly side: 'older' | 'newer';
  readonly cursor: number | null;
}

/** Null and empty texts do not filter. */
export interface AuditFilter {
  readonly kind: AuditKind | null;
  readonly userId: string | null;
  readonly deviceId: string | null;
  readonly entitlementId: string | null;
  /** Part of the name or address of who did it. */
  readonly who: string;
  /** Part of the name of a device, of a product and edition, or of an order reference. Among all customers, the start of a device's. */
  readonly about: string;
  /** Code of a customer, or part of its name. */
  readonly customer: string;
  readonly refusedOnly: boolean;
  /** Names one refusal; null for all entries. */
  readonly troubleCode: string | null;
  readonly from: Date | null;
  /** Exclusive. */
  readonly until: Date | null;
}

export interface AuditQuery {
  readonly scope: Scope;
  readonly filter: AuditFilter;
  readonly page: AuditPage;
}

// Limits are literals: a plan made for a limit passed as a parameter reads and sorts a whole audit.
const ONE_MORE_THAN_A_PAGE = sql.raw(String(PAGE_ROWS + 1));
/** Most rows whose name contains the text that are followed to their entries. */
const MOST_NAMED = sql.raw('50');

/** Columns with an index that yields their entries in the order of ids. */
const LEADS = {
  customer: sql`a.customer_id`,
  user: sql`a.user_id`,
  device: sql`a.device_id`,
  entitlement: sql`a.entitlement_id`,
  action: sql`a.action`,
  trouble: sql`a.trouble_code`,
} as const;
type Lead = keyof typeof LEADS;

/** Selects the ids of the entries of a page. Each index scan stops after one page, so that all pages cost the same. */
export function idsOfAuditPage(query: AuditQuery): SQL {
  const { direction, beyond, cursor } = stepsOf(query.page);
  const end = sql`order by a.id ${direction} limit ${ONE_MORE_THAN_A_PAGE}`;
  const [first, ...others] = waysTo(query).map(([lead, values]) => wayBy(query, lead, values));
  if (first === undefined) {
    const start = cursor === null ? sql`true` : sql`a.id ${beyond} ${cursor}`;
    return sql`select a.id from audit_entries a where ${start} and ${conditions(query, null)} ${end}`;
  }
  const union = sql.join([first, ...others], sql` union all `);
  return sql`select a.id from (select distinct w.id from (${union}) w) a ${end}`;
}

function stepsOf({ side, cursor }: AuditPage) {
  if (side === 'older') return { direction: sql`desc`, beyond: sql`<`, upTo: sql`>=`, cursor };
  return { direction: sql`asc`, beyond: sql`>`, upTo: sql`<=`, cursor };
}

/**
 * Selects a page for each value of a column, as a range of its index. The values are hidden from the planner: for a known value it expects as
 * many entries as on average, and would read and sort all of them where there are a million.
 */
function wayBy(query: AuditQuery, lead: Lead, values: SQL): SQL {
  const column = LEADS[lead];
  const { direction, beyond, upTo, cursor } = stepsOf(query.page);
  const start = cursor === null ? sql`${column} ${beyond}= v.value` : sql`(${column}, a.id) ${beyond} (v.value, ${cursor})`;
  return sql`(select e.id from (${values} offset 0) v(value) cross join lateral (
    select a.id from audit_entries a where ${start} and ${column} ${upTo} v.value and ${conditions(query, lead)}
    order by ${column} ${direction}, a.id ${direction} limit ${ONE_MORE_THAN_A_PAGE}) e)`;
}

/** The most selective columns for the filter, with their values. Empty: the entries are read in the order of their ids. */
function waysTo(query: AuditQuery): (readonly [Lead, SQL])[] {
  const { scope, filter } = query;
  const one = (id: string) => sql`select ${id}::uuid`;
  if (filter.troubleCode !== null) return [['trouble', sql`select ${filter.troubleCode}::text`]];
  if (filter.deviceId !== null) return [['device', one(filter.deviceId)]];
  if (filter.entitlementId !== null) return [['entitlement', one(filter.entitlementId)]];
  if (filter.userId !== null) return [['user', one(filter.userId)]];
  if (filter.about !== '') {
    return [
      ['device', devicesNamed(query)],
      ['entitlement', entitlementsNamed(query)],
    ];
  }
  if (filter.who !== '') return [['user', peopleNamed(query)]];
  if (scope.kind === 'own') {
    return [
      ['user', one(scope.userId)],
      ['entitlement', assignedTo(scope)],
    ];
  }
  if (scope.kind === 'customer') return [['customer', one(scope.customerId)]];
  if (filter.customer !== '') return [['customer', customersNamed(filter)]];
  return filter.kind === null ? [] : [['action', actionsOf(filter.kind)]];
}

/** Conditions on the alias `a` for every index scan. Those without an index are hidden from the planner. */
function conditions({ scope, filter }: AuditQuery, lead: Lead | null): SQL {
  const wide = [scopeOfEntries(scope)];
  if (filter.customer !== '') wide.push(sql`a.customer_id in (${customersNamed(filter)})`);
  if (filter.userId !== null) wide.push(sql`a.user_id = ${filter.userId}::uuid`);
  if (filter.deviceId !== null) wide.push(sql`a.device_id = ${filter.deviceId}::uuid`);
  if (filter.entitlementId !== null) wide.push(sql`a.entitlement_id = ${filter.entitlementId}::uuid`);
  if (filter.who !== '') wide.push(sql`a.user_id in (${peopleNamed({ scope, filter })})`);
  if (filter.kind !== null) wide.push(sql`a.action in (${actionsOf(filter.kind)})`);
  const narrower = narrowerConditions(filter);
  // Among all entries and those of a customer, refused attempts and days have indexes of their own.
  const isIndexed = lead === null || lead === 'customer';
  return sql.join([...wide.map(hideFromPlanner), ...(isIndexed ? narrower : narrower.map(hideFromPlanner))], sql` and `);
}

function narrowerConditions({ refusedOnly, from, until }: AuditFilter): SQL[] {
  const parts: SQL[] = [];
  if (refusedOnly) parts.push(sql`a.code is not null`);
  if (from !== null) parts.push(sql`a.at >= ${from.toISOString()}::timestamptz`);
  if (until !== null) parts.push(sql`a.at < ${until.toISOString()}::timestamptz`);
  return parts;
}

/**
 * Rewrites a condition so that the planner takes it to be nearly always true, and uses no index for it. Left plain, correlated conditions, such as
 * a customer and its entitlement, would make it expect a handful of entries and give up the order of the index.
 */
function hideFromPlanner(condition: SQL): SQL {
  return sql`nullif(${condition}, false) is not null`;
}

/** Condition on audit entries `a`: those that the scope may see. A person sees their own acts and those on entitlements they may use. */
function scopeOfEntries(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`(a.customer_id = ${scope.customerId}::uuid
        and (a.user_id = ${scope.userId}::uuid or a.entitlement_id in (${assignedTo(scope)})))`;
    case 'customer':
      return sql`a.customer_id = ${scope.customerId}::uuid`;
    case 'all':
      return sql`true`;
    case 'visitor':
    case 'file':
    case 'nothing':
      return sql`false`;
  }
}

function assignedTo(scope: Extract<Scope, { kind: 'own' }>): SQL {
  return sql`select ea.entitlement_id from entitlement_assignments ea
    where ea.user_id = ${scope.userId}::uuid and ea.customer_id = ${scope.customerId}::uuid`;
}

/** A condition on the customer of the scope; none for all customers, and nothing for guests. */
function ofCustomer(scope: Scope, condition: (customerId: string) => SQL): SQL {
  if (scope.kind === 'own' || scope.kind === 'customer') return condition(scope.customerId);
  return scope.kind === 'all' ? sql`true` : sql`false`;
}

type Named = Pick<AuditQuery, 'scope' | 'filter'>;

/** People of the customer, and of the vendor's support, who act for it. */
function peopleNamed({ scope, filter }: Named): SQL {
  const theirs = ofCustomer(scope, (id) => sql`(u.customer_id = ${id}::uuid or u.customer_id is null)`);
  return sql`select u.id from users u where ${theirs} and concat_ws(' ', u.name, u.email) ilike ${partOf(filter.who)} limit ${MOST_NAMED}`;
}

function devicesNamed({ scope, filter }: Named): SQL {
  if (scope.kind === 'all') return sql`${devicesByName(filter.about)} limit ${MOST_NAMED}`;
  const theirs = ofCustomer(scope, (id) => sql`d.customer_id = ${id}::uuid`);
  return sql`select d.id from devices d where ${theirs} and d.name ilike ${partOf(filter.about)} limit ${MOST_NAMED}`;
}

function entitlementsNamed({ scope, filter }: Named): SQL {
  const theirs = ofCustomer(scope, (id) => sql`e.customer_id = ${id}::uuid`);
  return sql`select e.id from entitlements e join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
    where ${theirs} and concat_ws(' ', p.name, o.edition, e.order_reference) ilike ${partOf(filter.about)} limit ${MOST_NAMED}`;
}

function customersNamed({ customer }: AuditFilter): SQL {
  return sql`select c.id from customers c where c.code = ${customer} or c.name ilike ${partOf(customer)} limit ${MOST_NAMED}`;
}

function actionsOf(kind: AuditKind): SQL {
  return sql`select jsonb_array_elements_text(${JSON.stringify(AUDIT_ACTIONS[kind])}::jsonb)`;
}

function partOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
