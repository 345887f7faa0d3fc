import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { AuditKind } from '@/lib/licensing/audit-action';
import { AUDIT_ACTIONS } from '@/lib/licensing/audit-action';
import { PAGE_ROWS } from './list-activations';
import type { Scope } from './scope';

/** Which page of the audit: the entries next to the cursor, on one side of it. Null starts at that side's end of the audit. */
export interface AuditPage {
  readonly side: 'older' | 'newer';
  readonly cursor: number | null;
}

/** What is asked for. Null and empty texts ask for everything. */
export interface AuditFilter {
  readonly kind: AuditKind | null;
  readonly userId: string | null;
  readonly deviceId: string | null;
  readonly entitlementId: string | null;
  /** Part of the name or address of who did it. */
  readonly who: string;
  /** Part of the name of a device, of a product and edition, or of an order reference. */
  readonly about: string;
  /** Code of a customer, or part of its name. */
  readonly customer: string;
  readonly refusedOnly: boolean;
  readonly from: Date | null;
  /** The first instant that is too late. */
  readonly until: Date | null;
}

export interface AuditQuery {
  readonly scope: Scope;
  readonly filter: AuditFilter;
  readonly page: AuditPage;
}

/** Of names that a text is part of, so many are followed. */
const MOST_NAMED = 50;

/** Ids of the entries of a page. Each way to them ends after a page of index entries, so that no page costs more than another. */
export function idsOfAuditPage(query: AuditQuery): SQL {
  const [first, ...others] = waysTo(query);
  if (first === undefined) return sql`select a.id from audit_entries a where ${conditions(query)} ${endOf(query)}`;
  const union = sql.join([first, ...others], sql` union all `);
  return sql`select a.id from (select distinct w.id from (${union}) w) a ${endOf(query)}`;
}

function endOf({ page }: AuditQuery): SQL {
  return sql`order by a.id ${page.side === 'older' ? sql`desc` : sql`asc`} limit ${PAGE_ROWS + 1}`;
}

/** The narrowest ways there are: a page by each device, person or action that is asked for. None: by the order of the entries. */
function waysTo(query: AuditQuery): SQL[] {
  const { scope, filter } = query;
  const by = (column: SQL, values: SQL) => sql`(select e.id from (${values}) v(value) cross join lateral (
    select a.id from audit_entries a where ${column} = v.value and ${conditions(query)} ${endOf(query)}) e)`;
  if (filter.deviceId !== null || filter.entitlementId !== null || filter.userId !== null) return [];
  if (filter.about !== '')
    return [by(sql`a.device_id`, devicesNamed(query)), by(sql`a.entitlement_id`, entitlementsNamed(query))];
  if (filter.who !== '') return [by(sql`a.user_id`, peopleNamed(query))];
  if (scope.kind === 'own') {
    return [by(sql`a.user_id`, sql`select ${scope.userId}::uuid`), by(sql`a.entitlement_id`, assignedTo(scope))];
  }
  if (scope.kind === 'all' && filter.customer !== '') return [by(sql`a.customer_id`, customersNamed(filter))];
  return scope.kind === 'all' && filter.kind !== null ? [by(sql`a.action`, actionsOf(filter.kind))] : [];
}

/** Conditions on the alias `a` that hold for every way to the entries. */
function conditions({ scope, filter, page }: AuditQuery): SQL {
  const parts = [scopeOfEntries(scope)];
  if (page.cursor !== null) parts.push(page.side === 'older' ? sql`a.id < ${page.cursor}` : sql`a.id > ${page.cursor}`);
  if (filter.customer !== '') parts.push(sql`a.customer_id in (${customersNamed(filter)})`);
  if (filter.userId !== null) parts.push(sql`a.user_id = ${filter.userId}::uuid`);
  if (filter.deviceId !== null) parts.push(sql`a.device_id = ${filter.deviceId}::uuid`);
  if (filter.entitlementId !== null) parts.push(sql`a.entitlement_id = ${filter.entitlementId}::uuid`);
  if (filter.who !== '') parts.push(sql`a.user_id in (${peopleNamed({ scope, filter })})`);
  if (filter.kind !== null) parts.push(sql`a.action in (${actionsOf(filter.kind)})`);
  if (filter.refusedOnly) parts.push(sql`a.code is not null`);
  if (filter.from !== null) parts.push(sql`a.at >= ${filter.from.toISOString()}::timestamptz`);
  if (filter.until !== null) parts.push(sql`a.at < ${filter.until.toISOString()}::timestamptz`);
  return sql.join(parts, sql` and `);
}

/** What the person did, and what happened on entitlements that they may use; a customer's; everything. */
function scopeOfEntries(scope: Scope): SQL {
  switch (scope.kind) {
    case 'own':
      return sql`a.customer_id = ${scope.customerId}::uuid
        and (a.user_id = ${scope.userId}::uuid or a.entitlement_id in (${assignedTo(scope)}))`;
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
