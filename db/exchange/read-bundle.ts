import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { rowJson, rowSchema } from '../row';
import { products } from '../schema/catalogue';
import { activationCodes } from '../schema/entitlements';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';

const product = rowSchema(products).pick({ isBundle: true, disabledAt: true, archivedAt: true });
const code = rowSchema(activationCodes).pick({ withdrawnAt: true });

const bundleFromJson = z.object({
  product: product.nullable(),
  /** `isOfBundle`: the code is the one that this bundle is sold under. */
  code: code.extend({ isOfBundle: z.boolean() }).nullable(),
  lines: z.array(z.object({ entitlementId: z.string(), productCode: z.string() })),
});

/** A bundle as a request names it: by its own short code, and by the code that it is sold under. */
export type BundleFound = z.output<typeof bundleFromJson>;

/** Reads the entitlements of a bundle; no line and no code when any of them is outside the scope. */
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
      'product', (select ${rowJson(products, 'bundle', product)} from bundle),
      'code', (select ${rowJson(activationCodes, 'code', code)} || jsonb_build_object(
        'isOfBundle', coalesce(bundle_id = (select id from bundle), false)) from code),
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('entitlementId', e.id, 'productCode', p.code) order by p.code, e.id), '[]')
        from code k join activation_code_entitlements ke on ke.code_id = k.id join entitlements e on e.id = ke.entitlement_id
          join offerings o on o.id = e.offering_id join products p on p.id = o.product_id)
    ) as found`);
  return bundleFromJson.parse(rows[0]?.found);
}
