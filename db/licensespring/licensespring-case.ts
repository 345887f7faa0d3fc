import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { licenseSpringLicences, licenseSpringUsers } from '../schema/licensespring';

const userFromJson = rowSchema(licenseSpringUsers).omit({ customerId: true, username: true, createdAt: true });

const licenceFromJson = rowSchema(licenseSpringLicences).omit({ entitlementId: true, customerId: true, createdAt: true });

const historyFromJson = z.array(
  z.object({ deviceId: z.string(), takenAt: instantFromJson.nullable(), givenUpAt: instantFromJson.nullable() }),
);

const caseFromJson = z.object({
  productId: z.string(),
  productDisabledAt: instantFromJson.nullable(),
  customerCode: z.string(),
  /** Null for an entitlement that was not sold as a licence of this dialect. */
  licence: licenceFromJson.nullable(),
  user: userFromJson
    .extend({
      /** Seats of the user, within those of the licence. */
      seats: z.int(),
      /** Seats that the user holds, except those of the device in question. */
      held: z.int(),
    })
    .nullable(),
  /**
   * When devices took and gave up seats with files of the dialect, from the first seat given up onwards. An activation that replaced another
   * of the same device took no seat.
   */
  history: historyFromJson,
});

const GIVEN_UP = sql`state in ('releasing', 'released', 'revoked')`;

/** SQL of the history of the entitlement `e`. Reads activations from the first that was given up onwards, so none of a licence that never moved. */
const historyJson = sql`
  select coalesce(jsonb_agg(jsonb_build_object('deviceId', device_id,
    'takenAt', case when not id = any(took_over) then activated_at end,
    'givenUpAt', case when ${GIVEN_UP} then released_at end)), '[]')
  from (
    select min(activated_at) as from_at from activations
    where entitlement_id = e.id and dialect = 'licensespring' and ${GIVEN_UP}
  ) first_given_up cross join lateral (
    select array(
      select replaced_by from activations
      where from_at is not null and entitlement_id = e.id and dialect = 'licensespring' and replaced_by is not null
    ) as took_over
  ) replacing join activations on entitlement_id = e.id and dialect = 'licensespring' and activated_at >= from_at`;

/** The data of the LicenseSpring dialect about an entitlement. */
export type LicenceCase = z.output<typeof caseFromJson>;

/**
 * Reads the data of the LicenseSpring dialect about an entitlement, at one instant.
 *
 * @param input.username looks for the user of this name, of this entitlement
 * @param input.deviceKey device whose seat does not count against the user's
 */
export async function readLicenceCase(
  db: Database,
  input: { entitlementId: string; username: string | null; deviceKey: string | null },
): Promise<LicenceCase> {
  const { entitlementId, username, deviceKey } = input;
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('productId', p.id, 'productDisabledAt', p.disabled_at, 'customerCode', c.code,
      'licence', (select ${rowJson(licenseSpringLicences, 'l', licenceFromJson)} from licensespring_licences l where l.entitlement_id = e.id),
      'user', (select ${rowJson(licenseSpringUsers, 'u', userFromJson)} || jsonb_build_object('seats', k.seats,
          'held', (select count(*) from activations a where a.entitlement_id = e.id and a.code_id = u.code_id
            and a.state in ('active', 'releasing') and a.device_key is distinct from ${deviceKey}))
        from licensespring_users u join activation_codes k on k.id = u.code_id
          join activation_code_entitlements ke on ke.code_id = k.id and ke.entitlement_id = e.id
        where u.username = ${username}),
      'history', (${historyJson})) as found
    from entitlements e join offerings o on o.id = e.offering_id join products p on p.id = o.product_id join customers c on c.id = e.customer_id
    where e.id = ${entitlementId}::uuid`);
  return caseFromJson.parse(rows[0]?.found);
}

/** The stored data of earlier activations of a device on an entitlement, by files of the LicenseSpring dialect. */
export interface EarlierActivations {
  /** Data stored with the newest of them; null when there was none. */
  readonly kept: unknown;
  /** The latest `date` of all requests that were answered, ISO 8601; null when there was none. */
  readonly requestedAt: string | null;
}

/**
 * Reads the stored data of earlier activations of a device on an entitlement, in any state and with any licence key.
 *
 * @param input.deviceId null: the device is found by its key alone
 */
export async function readEarlierActivations(
  db: Database,
  { entitlementId, deviceId, deviceKey }: { entitlementId: string; deviceId: string | null; deviceKey: string },
): Promise<EarlierActivations> {
  const rows = await db.execute<{ kept: unknown; requested_at: string | null }>(sql`
    with earlier as (
      select reply_to, activated_at from activations a
      where a.entitlement_id = ${entitlementId}::uuid and a.dialect = 'licensespring' and a.device_id in (
        select ${deviceId}::uuid
        union select k.device_id from activations k where k.device_key = ${deviceKey} and k.dialect = 'licensespring')
    )
    select (select reply_to from earlier order by activated_at desc limit 1) as kept,
      (select max((reply_to->>'requestedAt') collate "C") from earlier) as requested_at`);
  return { kept: rows[0]?.kept ?? null, requestedAt: rows[0]?.requested_at ?? null };
}
