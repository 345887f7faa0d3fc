import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import type { FleetSize } from './generate-fleet';
import { idOf } from './name-row';

/** The customer whose audit is long. */
const ONE = '1';

/** Entries in one round, so that no statement takes long. */
const ROUND = 250_000;

/**
 * Writes an entry for each device of {@link generateFleet}, to the audit of its customer, and between them `auditEntries` for the devices of
 * one customer, so that its pages lie scattered as in an audit that grew.
 *
 * @param db as the owner of the tables, whose keys are put aside
 */
export async function generateAudit(db: Database, { devices, customers, auditEntries }: FleetSize): Promise<void> {
  const longest = Math.max(devices, auditEntries);
  const itsDevices = Math.ceil(devices / customers);
  for (let made = 0; made < longest; made += ROUND) {
    // Device d of customer c; the one customer's are those whose number leaves 1 when divided by the number of customers.
    const entries = sql`(select i, at, whose, case whose when 'each' then i else (i - 1) % ${itsDevices}::integer * ${customers}::integer + 1 end as d,
        case whose when 'each' then (i - 1) % ${customers}::integer + 1 else ${ONE}::integer end as c
      from generate_series(${made + 1}::integer, ${Math.min(longest, made + ROUND)}::integer) i,
        lateral (select now() - interval '80 days' + interval '80 days' * (i / ${longest}::float) as at) t, unnest(array['each', 'one']) whose
      where i <= case whose when 'each' then ${devices}::integer else ${auditEntries}::integer end) n`;
    await db.execute(sql`insert into audit_entries (at, customer_id, user_id, actor, role, action, code, entitlement_id, device_id, activation_id, exchange_id)
      select n.at, ${idOf('customer', 'n.c')}, ${idOf('person', "n.c || ' member'")}, 'member-' || n.c || '@example.com', 'member',
        case when n.whose = 'each' then 'seat.taken' when n.i % 10 = 0 then 'lease.refused' else 'lease.renewed' end,
        case when n.whose = 'one' and n.i % 10 = 0 then 'entitlement-disabled' end,
        ${idOf('entitlement', 'n.c')}, ${idOf('device', 'n.d')}, ${idOf('activation', 'n.d')}, ${idOf('exchange', 'n.d')} from ${entries} order by n.i, n.whose`);
  }
}

const longAudit = z.object({
  customerId: z.string(),
  customerCode: z.string(),
  memberId: z.string(),
  adminId: z.string(),
  deviceId: z.string(),
  entitlementId: z.string(),
  entries: z.int(),
});

/** The customer with the longest audit, its people, and one of its devices. */
export type LongAudit = z.output<typeof longAudit>;

/** Reads whose audit {@link generateAudit} made long. */
export async function readLongAudit(db: Database): Promise<LongAudit> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('customerId', c.id, 'customerCode', c.code, 'memberId', ${idOf('person', `'${ONE} member'`)},
      'adminId', ${idOf('person', `'${ONE} customer_admin'`)}, 'deviceId', ${idOf('device', ONE)}, 'entitlementId', ${idOf('entitlement', ONE)},
      'entries', (select count(*) from audit_entries a where a.customer_id = c.id)) as found
    from customers c where c.id = ${idOf('customer', ONE)}`);
  return longAudit.parse(rows[0]?.found);
}
