import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { rowJson, rowSchema } from '../row';
import { leases } from '../schema/activations';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';

const lease = rowSchema(leases).omit({ customerId: true });
const leaseFromJson = z.compile(lease.extend({ entitlementId: z.string(), productName: z.string() }));

/** A lease that was issued to a device. */
export type LeaseRow = z.output<typeof leaseFromJson>;

/** All leases of a device on entitlements that the scope may see, newest first. At most {@link PAGE_ROWS}. */
export async function listLeasesOfDevice(db: Database, look: { scope: Scope; deviceId: string }): Promise<LeaseRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select ${rowJson(leases, 'l', lease)} || jsonb_build_object('entitlementId', e.id, 'productName', p.name) as found
    from activations a join leases l on l.activation_id = a.id join entitlements e on e.id = a.entitlement_id
      join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
    where a.device_id = ${look.deviceId}::uuid and ${entitlementsIn(look.scope)} order by l.starts_at desc, l.sequence desc limit ${PAGE_ROWS}`);
  return rows.map((row) => leaseFromJson.parse(row.found));
}
