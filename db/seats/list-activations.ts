import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { claimBriefFromJson, claimBriefJson, newestClaim } from '../claims/claim-json';
import type { Database } from '../client';
import { heldSeats } from '../entitlements/entitlement-json';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { entitlementsIn } from '../scope';
import { activationFromJson, activationJson } from './activation-json';
import { isSuperseded, releasePolicyFromJson, releasePolicyJson } from './release-policy-json';

const holderFromJson = z.compile(
  activationFromJson.extend({
    deviceName: z.string(),
    productName: z.string(),
    platform: z.string(),
    activatedByName: z.string().nullable(),
    lastExchangeAt: instantFromJson.nullable(),
    policy: releasePolicyFromJson,
    isSeatFree: z.boolean(),
    isMachineElsewhere: z.boolean(),
    isSuperseded: z.boolean(),
    /** The newest one. */
    claim: claimBriefFromJson.nullable(),
  }),
);

/** An activation with the names people know it by. */
export type HolderRow = z.output<typeof holderFromJson>;

/** JSON of an activation `a` with the joins of {@link holderJoins}, as {@link holderFromJson} reads it. */
const holderJson = sql`${activationJson} || jsonb_build_object('deviceName', d.name, 'productName', p.name, 'platform', d.platform,
  'activatedByName', u.name, 'policy', ${releasePolicyJson}, 'isSeatFree', ${heldSeats(sql`clock_timestamp()`)} < e.seats_cap and not code_is_full(e.id, a.code_id, a.id),
  'isMachineElsewhere', case when a.state = 'released' then dialect_refuses_seat(a.dialect, e.id, a.fingerprint, clock_timestamp()) else false end,
  'isSuperseded', ${isSuperseded}, 'claim', ${claimBriefJson}, 'lastExchangeAt',
  (select max(x.at) from exchanges x where x.activation_id = a.id and x.outcome in ('granted', 'renewed', 'returned')))`;

/** Joins of an activation `a`, without claims. */
const seatJoins = sql`join entitlements e on e.id = a.entitlement_id join offerings o on o.id = e.offering_id
  join products p on p.id = o.product_id join devices d on d.id = a.device_id left join users u on u.id = a.activated_by`;

const holderJoins = sql`${seatJoins} ${newestClaim}`;

/** Rows on one page of a list. */
export const PAGE_ROWS = 50;

/** Lists the activations that hold seats of an entitlement at the instant, longest without an exchange first. At most {@link PAGE_ROWS}. */
export function listHolders(db: Database, input: { scope: Scope; entitlementId: string; now: Date }): Promise<HolderRow[]> {
  const { entitlementId, now } = input;
  const holding = sql`a.entitlement_id = ${entitlementId}::uuid and a.state in ('active', 'releasing') and a.runs_out_at > ${now.toISOString()}::timestamptz`;
  return select(db, input.scope, sql`${holding} order by a.lease_starts_at, a.id limit ${PAGE_ROWS}`);
}

/** Where a page of activations starts: after this row of the page before. */
export interface ActivationCursor {
  readonly activatedAt: Date;
  readonly id: string;
}

/** Lists the activations of an entitlement, newest first. Reads one row more than a page, which shows whether there is a next page. */
export function listActivations(
  db: Database,
  input: { scope: Scope; entitlementId: string; after: ActivationCursor | null; endedToo: boolean },
): Promise<HolderRow[]> {
  const { entitlementId, after, endedToo } = input;
  const states = endedToo ? sql`true` : sql`a.state in ('active', 'lease_expired', 'releasing')`;
  const start =
    after === null
      ? sql`true`
      : sql`(a.activated_at, a.id) < (${after.activatedAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return select(
    db,
    input.scope,
    sql`a.entitlement_id = ${entitlementId}::uuid and ${states} and ${start} order by a.activated_at desc, a.id desc limit ${PAGE_ROWS + 1}`,
  );
}

/** Lists the activations of a device within the scope, newest first. At most {@link PAGE_ROWS}. */
export function listActivationsOfDevice(db: Database, input: { scope: Scope; deviceId: string }): Promise<HolderRow[]> {
  return select(
    db,
    input.scope,
    sql`a.device_id = ${input.deviceId}::uuid order by a.activated_at desc, a.id desc limit ${PAGE_ROWS}`,
  );
}

async function select(db: Database, scope: Scope, condition: SQL): Promise<HolderRow[]> {
  const rows = await db.execute<{ found: unknown }>(
    sql`select ${holderJson} as found from activations a ${holderJoins} where ${entitlementsIn(scope)} and ${condition}`,
  );
  return rows.map((row) => holderFromJson.parse(row.found));
}
