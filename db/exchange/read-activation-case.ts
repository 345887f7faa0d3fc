import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import type { Database } from '../client';
import { deviceFromJson, deviceJson } from '../devices/device-json';
import { entitlementFromJson, entitlementJoins, entitlementJson } from '../entitlements/entitlement-json';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { products } from '../schema/catalogue';
import { activationCodes } from '../schema/entitlements';
import type { Scope } from '../scope';
import { devicesIn, entitlementsIn } from '../scope';
import { activationFromJson, activationJson } from '../seats/activation-json';

/** Devices compared with a fingerprint at most: the ones that share most components. */
const COMPARED_DEVICES = 50;

const product = rowSchema(products).pick({ disabledAt: true, archivedAt: true, isBundle: true });
const code = rowSchema(activationCodes).pick({ id: true, withdrawnAt: true, seats: true });

const caseFromJson = z.compile(
  z.object({
    now: instantFromJson,
    product: product.nullable(),
    code: code.nullable(),
    covered: z.array(entitlementFromJson),
    /** Entitlements on which the code has no seat of its own left for this device. */
    fullFor: z.array(z.string()),
    answered: z.object({ exchangeId: z.string(), payloadDigest: z.string(), activation: activationFromJson }).nullable(),
    /** The activation made with the key of the request, also when it is out of the scope: then it can only be refused. */
    ofKey: z.object({ inScope: z.boolean(), activation: activationFromJson, device: deviceFromJson.nullable() }).nullable(),
    /** Releases on the covered entitlements that may count against their policies; read only if the device looks like a known one. */
    releases: z.array(z.object({ entitlementId: z.string(), at: instantFromJson })),
    /** `visible`: this person may see the device, not only its customer's portal. */
    candidates: z.array(z.object({ visible: z.boolean(), device: deviceFromJson, activations: z.array(activationFromJson) })),
  }),
);

/** The data that an activation request is decided on, at one instant. */
export type ActivationCaseRow = z.output<typeof caseFromJson>;

/**
 * Reads, in one statement, what an activation request is decided on. Entitlements and earlier answers outside the scope are left out.
 *
 * @param input.codeDigest keyed digest of the activation code in the request
 * @param input.now replaces the database's clock in tests
 */
export async function readActivationCase(
  db: Database,
  input: { scope: Scope; request: ActivationRequest; requestKey: string; codeDigest: string; now?: Date | undefined },
): Promise<ActivationCaseRow> {
  const { scope, request, requestKey, codeDigest, now } = input;
  const components = JSON.stringify(request.device.fingerprint.components);
  const clock = sql`(select now from clock)`;
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now),
    code as (
      select id, customer_id, withdrawn_at, seats from activation_codes k where k.digest = ${codeDigest}
        and exists (select from activation_code_entitlements ke join entitlements e on e.id = ke.entitlement_id
          where ke.code_id = k.id and ${entitlementsIn(scope)})
    ),
    covered as (
      select e.id, k.seats is not null and code_is_full(e.id, k.id, (select o.id from activations o where o.dialect = ${request.dialect}
        and o.device_key = ${request.deviceKey} and o.entitlement_id = e.id and o.state in ('active', 'releasing') limit 1)) as is_code_full,
        ${entitlementJson(clock)} as entitlement
      from code k join activation_code_entitlements ke on ke.code_id = k.id join entitlements e on e.id = ke.entitlement_id ${entitlementJoins}
      where ${entitlementsIn(scope)}
    ),
    shared as (
      select dc.device_id, count(*) as matches from code k join device_components dc on dc.customer_id = k.customer_id
        join devices sd on sd.id = dc.device_id and sd.dialect = ${request.dialect}
      where dc.digest = any(array(select value from jsonb_each_text(${components}::jsonb)))
        and dc.digest = ${components}::jsonb->>dc.name and dc.gone_at is null
      group by dc.device_id order by matches desc, dc.device_id limit ${COMPARED_DEVICES}
    ),
    earlier as materialized (
      select id, payload_digest, activation_id from exchanges
      where request_key = ${requestKey} and outcome in ('granted', 'renewed', 'returned')
    )
    select jsonb_build_object(
      'now', ${clock},
      'product', (select ${rowJson(products, 'p', product)} from products p where p.code = ${request.productCode}),
      'code', (select ${rowJson(activationCodes, 'code', code)} from code),
      'covered', (select coalesce(jsonb_agg(entitlement), '[]') from covered),
      'fullFor', (select coalesce(jsonb_agg(id), '[]') from covered where is_code_full),
      'answered', (select jsonb_build_object('exchangeId', x.id, 'payloadDigest', x.payload_digest, 'activation', ${activationJson})
        from earlier x join activations a on a.id = x.activation_id join entitlements e on e.id = a.entitlement_id
        where ${entitlementsIn(scope)}),
      'ofKey', (select jsonb_build_object('inScope', ${entitlementsIn(scope)}, 'activation', ${activationJson},
          'device', case when ${entitlementsIn(scope)} then ${deviceJson} end)
        from activations a join devices d on d.id = a.device_id join entitlements e on e.id = a.entitlement_id
        where a.dialect = ${request.dialect} and a.device_key = ${request.deviceKey} order by a.activated_at desc limit 1),
      'releases', (select coalesce(jsonb_agg(jsonb_build_object('entitlementId', e.id, 'at', r.released_at)), '[]')
        from covered v join entitlements e on e.id = v.id join activations r on r.entitlement_id = e.id and r.release_kind = 'released'
          and r.released_at > ${clock} - e.release_limit_days * interval '24 hours'
        where exists (select from shared)),
      'candidates', (select coalesce(jsonb_agg(jsonb_build_object('visible', ${devicesIn(scope)}, 'device', ${deviceJson}, 'activations',
          (select coalesce(jsonb_agg(${activationJson}), '[]') from activations a join covered v on v.id = a.entitlement_id
            where a.device_id = d.id and a.state in ('active', 'lease_expired', 'releasing'))) order by s.matches desc), '[]')
        from shared s join devices d on d.id = s.device_id)
    ) as found`);
  return caseFromJson.parse(rows[0]?.found);
}
