import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { activationFromJson, activationJson } from './activation-json';
import type { Database } from './client';
import { deviceFromJson, deviceJson } from './device-json';
import { entitlementFromJson, entitlementJoins, entitlementJson, instantFromJson } from './entitlement-json';
import { isSuperseded } from './release-policy-json';
import type { Scope } from './scope';
import { entitlementsIn } from './scope';

const foundFromJson = z.object({
  now: instantFromJson,
  found: z
    .object({
      activation: activationFromJson,
      device: deviceFromJson,
      entitlement: entitlementFromJson,
      releasedAts: z.array(instantFromJson),
      isSuperseded: z.boolean(),
    })
    .nullable(),
});

/** All that a release or its undoing is decided on, as it stood at one instant. */
export type ReleaseCaseFound = z.output<typeof foundFromJson>;

/**
 * Reads, in one statement, what a release without proof is decided on.
 *
 * @param input.now stands in for the database's clock
 */
export async function readReleaseCase(
  db: Database,
  input: { scope: Scope; activationId: string; now?: Date | undefined },
): Promise<ReleaseCaseFound> {
  const { scope, activationId, now } = input;
  const clock = sql`(select now from clock)`;
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select jsonb_build_object('now', ${clock}, 'found', (
      select jsonb_build_object('activation', ${activationJson}, 'device', ${deviceJson}, 'entitlement', ${entitlementJson(clock)},
        'releasedAts', (select coalesce(jsonb_agg(r.released_at), '[]') from activations r where r.entitlement_id = e.id
          and r.release_kind = 'released' and r.released_at > ${clock} - e.release_limit_days * interval '24 hours'),
        'isSuperseded', ${isSuperseded})
      from activations a join entitlements e on e.id = a.entitlement_id ${entitlementJoins} join devices d on d.id = a.device_id
      where a.id = ${activationId}::uuid and ${entitlementsIn(scope)})) as found`);
  return foundFromJson.parse(rows[0]?.found);
}
