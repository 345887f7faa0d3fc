import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { auditCall } from '../audit/insert-audited';
import type { Database } from '../client';
import { toRowJson } from '../row';
import type { Scope } from '../scope';
import { devicesIn, entitlementsIn, exchangesIn, peopleIn } from '../scope';
import type { AuditEntry } from './exchange-entry';

/** Writes the audit row of a refused act without a file. */
export async function writeRefusal(db: Database, audit: AuditEntry): Promise<void> {
  await db.execute(sql`select ${auditCall(audit)}`);
}

/** The ids that an act named. */
export interface NamedThings {
  readonly activationId?: string | undefined;
  readonly claimId?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly entitlementId?: string | undefined;
  readonly personId?: string | undefined;
  readonly submissionId?: string | undefined;
}

/**
 * Writes the audit row of an act that was refused before its subject was read. The row refers to what the act named, as far as that is within
 * the scope, and to the customer of it; an id outside the scope leaves no trace but the refusal.
 *
 * @param refusal.audit whose customer is filled in where it is null
 */
export async function writeRefusedAct(
  db: Database,
  { scope, named, audit }: { scope: Scope; named: NamedThings; audit: AuditEntry },
): Promise<void> {
  const id = (value: string | undefined): SQL => sql`${value ?? null}::uuid`;
  await db.execute(sql`
    with activation as (
      select a.id, a.entitlement_id, a.device_id, a.customer_id from activations a join entitlements e on e.id = a.entitlement_id
      where a.id = coalesce(${id(named.activationId)}, (select cl.activation_id from claims cl where cl.id = ${id(named.claimId)}))
        and ${entitlementsIn(scope)}
    ), entitlement as (select e.id, e.customer_id from entitlements e where e.id = ${id(named.entitlementId)} and ${entitlementsIn(scope)}),
    device as (select d.id, d.customer_id from devices d where d.id = ${id(named.deviceId)} and ${devicesIn(scope)}),
    person as (select u.id, u.customer_id, u.email from users u where u.id = ${id(named.personId)} and ${peopleIn(scope)}),
    exchange as (select x.* from exchanges x where x.id = ${id(named.submissionId)} and ${exchangesIn(scope)}),
    about as (
      select coalesce(${id(audit.customerId ?? undefined)}, a.customer_id, e.customer_id, d.customer_id, u.customer_id, x.customer_id) as customer_id,
        coalesce(a.entitlement_id, e.id, x.entitlement_id) as entitlement_id, coalesce(a.device_id, d.id, x.device_id) as device_id,
        coalesce(a.id, x.activation_id) as activation_id, x.id as exchange_id, u.id as person_id, u.email
      from (select) one left join activation a on true left join entitlement e on true left join device d on true
        left join person u on true left join exchange x on true
    )
    select write_audit(${JSON.stringify(toRowJson(audit))}::jsonb || jsonb_build_object(
      'customer_id', customer_id, 'entitlement_id', entitlement_id, 'device_id', device_id, 'activation_id', activation_id,
      'exchange_id', exchange_id, 'detail', ${JSON.stringify(audit.detail ?? {})}::jsonb
        || jsonb_strip_nulls(jsonb_build_object('personId', person_id, 'email', email)))) from about`);
}
