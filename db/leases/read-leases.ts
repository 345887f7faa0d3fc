import type { SQL } from 'drizzle-orm';
import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { clock as timeOf } from '../clock';
import { entitlementFromJson, entitlementJoins, entitlementJson } from '../entitlements/entitlement-json';
import { instantFromJson } from '../row';
import { activations } from '../schema/activations';
import { offerings, products } from '../schema/catalogue';
import { devices } from '../schema/devices';
import type { Scope } from '../scope';
import { entitlementsIn, scoped } from '../scope';
import { activationFromJson, activationJson } from '../seats/activation-json';
import { PAGE_ROWS } from '../seats/list-activations';

/** Which leases: running, ending within so many days, ended, or all. */
export const LEASE_WINDOWS = ['running', '7', '30', '90', 'ended', 'all'] as const;
export type LeaseWindow = (typeof LEASE_WINDOWS)[number];

const leaseFromJson = activationFromJson.extend({
  deviceName: z.string(),
  hostname: z.string().nullable(),
  platform: z.string(),
  graceEndsAt: instantFromJson.nullable(),
  /** When the lease before ends, if the newest came with a reminder and may not be on the device. */
  endsAtWithoutMail: instantFromJson.nullable(),
});

/** The end of the lease that a reminder was about, when the file that came with it is the newest lease of the activation `a`. */
const endWithoutMail = sql`(select b.ends_at from leases nl join reminder_files f on f.exchange_id = nl.exchange_id
  join leases b on b.activation_id = f.activation_id and b.sequence = f.lease_sequence
  where nl.activation_id = a.id and nl.sequence = a.lease_sequence and b.ends_at > ${sql`(select now from clock)`})`;

const pageFromJson = z.object({
  now: instantFromJson,
  leases: z.array(leaseFromJson),
  entitlements: z.array(entitlementFromJson),
  ended: z.int(),
});

/** The newest lease of an active seat. */
export type LeaseRow = z.output<typeof leaseFromJson>;

/** Leases with the entitlements they are on, at one instant. */
export type LeasesFound = z.output<typeof pageFromJson>;

/** Ended leases are counted up to this number. */
export const MOST_COUNTED = 100;

/** Which page of leases. */
export interface LeasePage {
  readonly window: LeaseWindow;
  readonly after: { readonly leaseEndsAt: Date; readonly id: string } | null;
}

const clock = sql`(select now from clock)`;
const live = sql`a.state in ('active', 'lease_expired')`;
const joined = sql`activations a join entitlements e on e.id = a.entitlement_id and e.customer_id = a.customer_id`;

function within(window: LeaseWindow): SQL {
  switch (window) {
    case 'all':
      return sql`true`;
    case 'ended':
      return sql`a.lease_ends_at <= ${clock}`;
    case 'running':
      return sql`a.lease_ends_at > ${clock}`;
    case '7':
    case '30':
    case '90':
      return sql`a.lease_ends_at > ${clock} and a.lease_ends_at <= ${clock} + make_interval(days => ${Number(window)}::integer)`;
  }
}

/**
 * Lists the newest leases of active seats within the scope: soonest end first; ended ones latest end first. Reads one row more than a
 * page, which shows whether there is a next page. Seats that are being released are left out: their lease needs no action.
 */
export async function listLeases(
  db: Database,
  { scope, page, now }: { scope: Scope; page: LeasePage; now?: Date | undefined },
): Promise<LeasesFound> {
  const { window, after } = page;
  const [direction, beyond] = window === 'ended' ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const start =
    after === null
      ? sql`true`
      : sql`(a.lease_ends_at, a.id) ${beyond} (${after.leaseEndsAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const order = sql`a.lease_ends_at ${direction}, a.id ${direction}`;
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now), page as materialized (
      select a.* from ${joined} where ${live} and ${entitlementsIn(scope)} and ${within(window)} and ${start}
      order by ${order} limit ${PAGE_ROWS + 1}
    )
    select jsonb_build_object('now', ${clock},
      'leases', (select coalesce(jsonb_agg(${activationJson} || jsonb_build_object('deviceName', d.name, 'hostname', d.hostname, 'platform', d.platform,
        'graceEndsAt', a.grace_ends_at, 'endsAtWithoutMail', ${endWithoutMail}) order by ${order}), '[]') from page a join devices d on d.id = a.device_id),
      'entitlements', (select coalesce(jsonb_agg(${entitlementJson(clock)}), '[]') from entitlements e ${entitlementJoins}
        where e.id in (select entitlement_id from page)),
      'ended', (select count(*) from (select from ${joined} where ${live} and ${entitlementsIn(scope)} and ${within('ended')}
        order by a.lease_ends_at desc, a.id desc limit ${MOST_COUNTED}) counted)) as found`);
  return pageFromJson.parse(rows[0]?.found);
}

/** The end of a lease, with device and product. */
export type LeaseEndRow = Awaited<ReturnType<typeof listLeaseEnds>>[number];

/** How many days an ended lease is still listed. */
const DAYS_BACK = 30;
/** Most lease ends in one list: the soonest. */
const MOST_LEASE_ENDS = 1000;

/** Lists the ends of leases within the scope, soonest first, from {@link DAYS_BACK} days ago on, at most {@link MOST_LEASE_ENDS}. */
export async function listLeaseEnds(db: Database, { scope, now }: { scope: Scope; now?: Date | undefined }) {
  const { id, leaseSequence, leaseStartsAt, leaseEndsAt, graceEndsAt, state } = activations;
  const { entitlements } = scoped;
  const isShown = sql`${state} in ('active', 'lease_expired') and ${leaseEndsAt} > ${timeOf(now)} - make_interval(days => ${DAYS_BACK}::integer)`;
  const isOfCustomer = eq(entitlements.customerId, activations.customerId);
  return db
    .select({
      activationId: id,
      sequence: leaseSequence,
      ...{ issuedAt: leaseStartsAt, endsAt: leaseEndsAt, graceEndsAt },
      ...{ deviceId: devices.id, deviceName: devices.name },
      ...{ productName: products.name, edition: offerings.edition },
    })
    .from(activations)
    .innerJoin(entitlements, and(eq(entitlements.id, activations.entitlementId), isOfCustomer))
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .innerJoin(devices, eq(devices.id, activations.deviceId))
    .where(and(isShown, entitlementsIn(scope)))
    .orderBy(leaseEndsAt, id)
    .limit(MOST_LEASE_ENDS);
}
