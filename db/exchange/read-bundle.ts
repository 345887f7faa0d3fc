import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';

const bundleFromJson = z.object({
  product: z
    .object({ isBundle: z.boolean(), disabledAt: instantFromJson.nullable(), archivedAt: instantFromJson.nullable() })
    .nullable(),
  /** `isOfBundle`: the bundle is sold under it. */
  code: z.object({ withdrawnAt: instantFromJson.nullable(), isOfBundle: z.boolean() }).nullable(),
  lines: z.array(z.object({ entitlementId: z.string(), productCode: z.string() })),
});

/** A bundle as a request names it: by its own short code, and by the code that it is sold under. */
export type BundleFound = z.output<typeof bundleFromJson>;

/** Reads what a bundle holds, within the scope: nothing when any of it is out of that. */
export async function readBundle(
  db: Database,
  { scope, codeDigest, bundleCode }: { scope: Scope; codeDigest: string; bundleCode: string },
): Promise<BundleFound> {
  const rows = await db.execute<{ found: unknown }>(sql`
    with bundle as (select id, is_bundle, disabled_at, archived_at from products where code = ${bundleCode}),
    code as (
      select k.id, k.withdrawn_at, k.bundle_id from activation_codes k where k.digest = ${codeDigest}
        and not exists (select from activation_code_entitlements ke join entitlements e on e.id = ke.entitlement_id
          where ke.code_id = k.id and not ${entitlementsIn(scope)})
    )
    select jsonb_build_object(
      'product', (select jsonb_build_object('isBundle', is_bundle, 'disabledAt', disabled_at, 'archivedAt', archived_at) from bundle),
      'code', (select jsonb_build_object('withdrawnAt', withdrawn_at,
        'isOfBundle', coalesce(bundle_id = (select id from bundle), false)) from code),
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('entitlementId', e.id, 'productCode', p.code) order by p.code, e.id), '[]')
        from code k join activation_code_entitlements ke on ke.code_id = k.id join entitlements e on e.id = ke.entitlement_id
          join offerings o on o.id = e.offering_id join products p on p.id = o.product_id)
    ) as found`);
  return bundleFromJson.parse(rows[0]?.found);
}
