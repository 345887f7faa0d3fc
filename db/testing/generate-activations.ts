import { sql } from 'drizzle-orm';
import type { Database } from '../client';
import { idOf } from './name-row';

/** Activations on each entitlement. */
const ON_ONE_ENTITLEMENT = 500;

/** The entitlement and the device with the most rows around them. */
export interface Generated {
  readonly entitlementId: string;
  readonly deviceId: string;
}

/** Whom the rows are made for. */
interface Target {
  readonly customerId: string;
  /** Person who is said to have handed the files in. */
  readonly userId: string;
  readonly offeringId: string;
}

/**
 * Fills a customer's account up to that many activations: 500 on each entitlement, each on a device of its own with its request and lease,
 * but one device has a seat on every entitlement. Rows are consistent with each other; keys and replies in them are not real.
 *
 * @param db as the owner of the tables
 */
export async function generateActivations(db: Database, target: Target, total: number): Promise<Generated> {
  const [row] = await db.execute<{ made: number }>(
    sql`select count(*)::integer as made from activations where customer_id = ${target.customerId}::uuid`,
  );
  const numbers = sql`(select i, (i - 1) / ${ON_ONE_ENTITLEMENT}::integer as e, case when (i - 1) % ${ON_ONE_ENTITLEMENT}::integer = 0 then 1 else i end as d,
    now() - interval '30 days' + make_interval(secs => i) as at
    from generate_series(${(row?.made ?? 0) + 1}::integer, ${total}::integer) i) n`;
  await generateDevices(db, target, numbers);
  await generateSeats(db, target, numbers);
  await db.execute(sql`update entitlements set seats_held = (select count(*) from activations a where a.entitlement_id = entitlements.id)
    where customer_id = ${target.customerId}::uuid`);
  await db.execute(sql`analyze`);
  const [first] = await db.execute<{ entitlement: string; device: string }>(
    sql`select ${idOf('entitlement', '0')} as entitlement, ${idOf('device', '1')} as device`,
  );
  if (first === undefined) throw new Error('expected the ids of the first rows, found nothing');
  return { entitlementId: first.entitlement, deviceId: first.device };
}

async function generateDevices(db: Database, { customerId }: Target, numbers: ReturnType<typeof sql>): Promise<void> {
  await db.execute(sql`insert into devices (id, customer_id, dialect, name, platform, hostname, app_version, fingerprint_version, fingerprint_key,
      clock_skew_seconds, first_seen_at, last_seen_at)
    select ${idOf('device', 'n.d')}, ${customerId}::uuid, 'native', 'Press line ' || n.d, 'linux', 'press-' || n.d, '4.2.0', 1, md5('fingerprint ' || n.d), 0, n.at, n.at
    from ${numbers} on conflict do nothing`);
  await db.execute(sql`insert into device_components (customer_id, device_id, name, digest, seen_at)
    select ${customerId}::uuid, ${idOf('device', 'n.d')}, part, md5(part || n.d), n.at
    from ${numbers}, unnest(array['machine', 'memory', 'mac']) part on conflict do nothing`);
}

async function generateSeats(db: Database, target: Target, numbers: ReturnType<typeof sql>): Promise<void> {
  const { customerId, userId, offeringId } = target;
  await db.execute(sql`insert into entitlements (id, customer_id, offering_id, order_reference, plan_type, start_rule, starts_at, term_length,
      term_ends_at, offline_lease_period, seats, overdraft_kind, overdraft_value, release_rule, features, attributes)
    select distinct ${idOf('entitlement', 'n.e')}, ${customerId}::uuid, ${offeringId}::uuid, 'ORDER-' || n.e, 'subscription', 'on-date', now() - interval '1 year',
      'P5Y', now() + interval '4 years', 'P90D', 1000, 'none', 0, 'when-lease-ran-out', '[]'::jsonb, '{}'::jsonb
    from ${numbers} on conflict do nothing`);
  await db.execute(sql`insert into activations (id, customer_id, entitlement_id, device_id, dialect, device_key, device_jwk, reply_to, fingerprint, state,
      lease_sequence, lease_starts_at, lease_ends_at, runs_out_at, activated_at, activated_by)
    select ${idOf('activation', 'n.i')}, ${customerId}::uuid, ${idOf('entitlement', 'n.e')}, ${idOf('device', 'n.d')}, 'native', md5('key ' || n.i), '{}', '{}',
      jsonb_build_object('version', 1, 'components', jsonb_build_object('machine', md5('machine' || n.d), 'memory', md5('memory' || n.d), 'mac', md5('mac' || n.d))),
      'active', 1, n.at, n.at + interval '90 days', n.at + interval '90 days', n.at, ${userId}::uuid
    from ${numbers}`);
  await db.execute(sql`insert into exchanges (id, at, customer_id, user_id, actor, via, kind, outcome, file_name, file_size, dialect, request_key,
      product_code, device_name, entitlement_id, device_id, activation_id, reply_name, reply)
    select ${idOf('exchange', 'n.i')}, n.at, ${customerId}::uuid, ${userId}::uuid, 'generated', 'browser', 'activation', 'granted', 'request.txt', 2000, 'native',
      'native:' || n.i, 'press-control', 'Press line ' || n.d, ${idOf('entitlement', 'n.e')}, ${idOf('device', 'n.d')}, ${idOf('activation', 'n.i')}, 'answer.txt', 'generated'
    from ${numbers}`);
  await db.execute(sql`insert into leases (customer_id, activation_id, sequence, starts_at, ends_at, exchange_id)
    select ${customerId}::uuid, ${idOf('activation', 'n.i')}, 1, n.at, n.at + interval '90 days', ${idOf('exchange', 'n.i')} from ${numbers}`);
}
