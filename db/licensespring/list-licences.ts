import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { instantFromJson } from '../row';

const licenceFromJson = z.object({
  entitlementId: z.string(),
  productCode: z.string(),
  customerCode: z.string(),
  licenceType: z.string(),
  planType: z.string(),
  username: z.string().nullable(),
  lastFour: z.string().nullable(),
  seats: z.int(),
  seatsHeld: z.int(),
  startsAt: instantFromJson.nullable(),
  termEndsAt: instantFromJson.nullable(),
  disabledAt: instantFromJson.nullable(),
  createdAt: instantFromJson,
});

export type ListedLicence = z.output<typeof licenceFromJson>;

/** Licences of the LicenseSpring dialect, newest first, of all customers. */
export async function readLicences(
  db: Database,
  { product, limit }: { product: string | null; limit: number },
): Promise<ListedLicence[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('entitlementId', e.id, 'productCode', p.code, 'customerCode', c.code, 'licenceType', l.licence_type,
      'planType', e.plan_type, 'seats', e.seats, 'seatsHeld', e.seats_held, 'startsAt', e.starts_at, 'termEndsAt', e.term_ends_at,
      'disabledAt', e.disabled_at, 'createdAt', l.created_at, 'username', named.username, 'lastFour', named.last_four) as found
    from licensespring_licences l join entitlements e on e.id = l.entitlement_id join offerings o on o.id = e.offering_id
      join products p on p.id = o.product_id join customers c on c.id = e.customer_id
      left join lateral (
        select k.last_four, u.username from activation_code_entitlements ke join activation_codes k on k.id = ke.code_id
          left join licensespring_users u on u.code_id = k.id
        where ke.entitlement_id = e.id and k.bundle_id is null order by k.created_at limit 1
      ) named on true
    where ${product}::text is null or p.code = ${product}
    order by l.created_at desc, e.id limit ${limit}`);
  return rows.map((row) => licenceFromJson.parse(row.found));
}
