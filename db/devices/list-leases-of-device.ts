import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';

const leaseFromJson = z.object({
  activationId: z.string(),
  sequence: z.int(),
  startsAt: instantFromJson,
  endsAt: instantFromJson,
  graceEndsAt: instantFromJson.nullable(),
  exchangeId: z.string(),
  entitlementId: z.string(),
  productName: z.string(),
});

/** A lease that was issued to a device. */
export type LeaseRow = z.output<typeof leaseFromJson>;

/** All leases of a device on entitlements that the scope may see, newest first. At most {@link PAGE_ROWS}. */
export async function listLeasesOfDevice(db: Database, look: { scope: Scope; deviceId: string }): Promise<LeaseRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('activationId', l.activation_id, 'sequence', l.sequence, 'startsAt', l.starts_at, 'endsAt', l.ends_at,
      'graceEndsAt', l.grace_ends_at, 'exchangeId', l.exchange_id, 'entitlementId', e.id, 'productName', p.name) as found
    from activations a join leases l on l.activation_id = a.id join entitlements e on e.id = a.entitlement_id
      join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
    where a.device_id = ${look.deviceId}::uuid and ${entitlementsIn(look.scope)} order by l.starts_at desc, l.sequence desc limit ${PAGE_ROWS}`);
  return rows.map((row) => leaseFromJson.parse(row.found));
}
