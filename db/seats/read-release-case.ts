import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { claimFromJson, claimJson, claimPeople } from '../claims/claim-json';
import type { Database } from '../client';
import { deviceFromJson, deviceJson } from '../devices/device-json';
import { entitlementFromJson, entitlementJoins, entitlementJson } from '../entitlements/entitlement-json';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { claimsIn, entitlementsIn } from '../scope';
import { activationFromJson, activationJson } from './activation-json';
import { isSuperseded } from './release-policy-json';

const foundFromJson = z.compile(
  z.object({
    now: instantFromJson,
    found: z
      .object({
        activation: activationFromJson,
        device: deviceFromJson,
        entitlement: entitlementFromJson,
        releasedAts: z.array(instantFromJson),
        isSuperseded: z.boolean(),
        /** All own seats of its code are held. */
        isCodeFull: z.boolean(),
        /** The machine may hold only one seat, and holds one elsewhere. */
        isMachineElsewhere: z.boolean(),
        /** The requested one, or the newest of the activation. */
        claim: claimFromJson.nullable(),
      })
      .nullable(),
  }),
);

/** The data that a release or its undoing is decided on, at one instant. */
export type ReleaseCaseFound = z.output<typeof foundFromJson>;

/**
 * Reads, in one statement, what a release without proof is decided on: of an activation, or of the one that a claim is about.
 *
 * @param input.now replaces the database's clock in tests
 */
export async function readReleaseCase(
  db: Database,
  input: { scope: Scope; now?: Date | undefined } & ({ activationId: string } | { claimId: string }),
): Promise<ReleaseCaseFound> {
  const { scope, now } = input;
  const clock = sql`(select now from clock)`;
  const [claim, within] =
    'claimId' in input
      ? [sql`n.id = ${input.claimId}::uuid`, sql`cl.id is not null and ${claimsIn(scope)}`]
      : [sql`n.activation_id = ${input.activationId}::uuid`, entitlementsIn(scope)];
  const activation =
    'claimId' in input
      ? sql`(select activation_id from claims where id = ${input.claimId}::uuid)`
      : sql`${input.activationId}::uuid`;
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select jsonb_build_object('now', ${clock}, 'found', (
      select jsonb_build_object('activation', ${activationJson}, 'device', ${deviceJson}, 'entitlement', ${entitlementJson(clock)},
        'releasedAts', (select coalesce(jsonb_agg(r.released_at), '[]') from activations r where r.entitlement_id = e.id
          and r.release_kind = 'released' and r.released_at > ${clock} - e.release_limit_days * interval '24 hours'),
        'isSuperseded', ${isSuperseded}, 'isCodeFull', code_is_full(e.id, a.code_id, a.id),
        'isMachineElsewhere', dialect_refuses_seat(a.dialect, e.id, a.fingerprint, ${clock}), 'claim', ${claimJson})
      from activations a join entitlements e on e.id = a.entitlement_id ${entitlementJoins} join devices d on d.id = a.device_id
        left join lateral (select n.* from claims n where ${claim} order by n.opened_at desc, n.id desc limit 1) cl on true ${claimPeople}
      where a.id = ${activation} and ${within})) as found`);
  return foundFromJson.parse(rows[0]?.found);
}
