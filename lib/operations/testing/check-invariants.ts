import { sql } from 'drizzle-orm';
import type { Database } from '@/db/client';

/** Rules that hold in every database at every moment. Each query finds the rows that break its rule. */
const INVARIANTS = [
  {
    rule: 'the counter of seats is the number of activations that hold one',
    broken: sql`select format('entitlement %s: counter %s, activations %s', e.id, e.seats_held, count(a.id)) as found
      from entitlements e left join activations a on a.entitlement_id = e.id and a.state in ('active', 'releasing')
      group by e.id having e.seats_held <> count(a.id)`,
  },
  {
    rule: 'no more seats are held than there are',
    broken: sql`select format('entitlement %s: counter %s, activations %s of %s', e.id, e.seats_held, count(a.id), e.seats_cap) as found
      from entitlements e left join activations a on a.entitlement_id = e.id and a.state in ('active', 'releasing')
      group by e.id having e.seats_held not between 0 and e.seats_cap or count(a.id) > e.seats_cap`,
  },
  {
    rule: 'a device has one live activation of an entitlement at most',
    broken: sql`select format('entitlement %s, device %s: %s', entitlement_id, device_id, count(*)) as found
      from activations where state in ('active', 'lease_expired') group by entitlement_id, device_id having count(*) > 1`,
  },
  {
    rule: 'the leases of an activation are numbered from 1 without holes, and the last one is the current one',
    broken: sql`select format('activation %s: at %s, leases %s', a.id, a.lease_sequence, coalesce(string_agg(l.sequence::text, ' ' order by l.sequence), 'none')) as found
      from activations a left join leases l on l.activation_id = a.id group by a.id
      having count(l.sequence) <> a.lease_sequence or min(l.sequence) <> 1 or max(l.sequence) <> a.lease_sequence
        or not coalesce(bool_or(l.sequence = a.lease_sequence and l.starts_at = a.lease_starts_at and l.ends_at = a.lease_ends_at
          and l.grace_ends_at is not distinct from a.grace_ends_at), false)`,
  },
  {
    rule: 'every lease was answered by one exchange, and every answer with a reply is one lease',
    broken: sql`select format('exchange %s: %s, leases %s', coalesce(x.id, l.exchange_id), coalesce(x.outcome, 'missing'), count(l.sequence)) as found
      from exchanges x full join leases l on l.exchange_id = x.id and l.activation_id = x.activation_id
      where x.id is null or l.exchange_id is not null or x.outcome in ('granted', 'renewed')
      group by x.id, l.exchange_id, x.outcome having x.id is null or x.outcome not in ('granted', 'renewed') or count(l.sequence) <> 1`,
  },
  {
    rule: 'every answer has one audit row',
    broken: sql`select format('exchange %s (%s): %s', x.id, x.outcome, count(t.id)) as found
      from exchanges x left join audit_entries t on t.exchange_id = x.id
      where x.outcome in ('granted', 'renewed', 'returned') group by x.id having count(t.id) <> 1`,
  },
  {
    rule: 'a request is answered once',
    broken: sql`select format('request %s: %s', request_key, count(*)) as found from exchanges
      where outcome in ('granted', 'renewed', 'returned') and request_key is not null group by request_key having count(*) > 1`,
  },
  {
    rule: 'what is repeated was answered before',
    broken: sql`select format('exchange %s repeats %s', x.id, x.answered_by) as found from exchanges x
      left join exchanges y on y.id = x.answered_by and y.request_key = x.request_key and y.outcome in ('granted', 'renewed', 'returned')
      where x.outcome = 'repeated' and y.id is null`,
  },
  {
    rule: 'no more machines may run than there are seats and reinstalls',
    broken: sql`select format('entitlement %s: %s may run, %s seats', e.id, possibly_running(e.id, clock_timestamp()), e.seats_cap) as found
      from entitlements e where possibly_running(e.id, clock_timestamp()) > e.seats_cap::bigint + coalesce(e.reinstall_limit, greatest(1, e.seats / 10))`,
  },
  {
    rule: 'a machine is one device, unless it holds two seats of one entitlement as two',
    broken: sql`select format('customer %s: devices %s and %s', one.customer_id, one.device_id, other.device_id) as found
      from device_components one join device_components other on other.customer_id = one.customer_id and other.name = one.name
        and other.digest = one.digest and other.device_id > one.device_id
      where one.gone_at is null and other.gone_at is null and not exists (
        select from activations a join activations b on b.entitlement_id = a.entitlement_id and b.device_id = other.device_id
        where a.device_id = one.device_id)
      group by one.customer_id, one.device_id, other.device_id
      having count(*) >= (select min(fingerprint_required) from products)`,
  },
] as const;

/** Checks the whole database. @returns a line for each row that breaks a rule */
export async function checkInvariants({ db }: { db: Database }): Promise<string[]> {
  const broken: string[] = [];
  for (const { rule, broken: query } of INVARIANTS) {
    const rows = await db.execute<{ found: string }>(query);
    broken.push(...rows.map(({ found }) => `expected that ${rule}; found ${found}`));
  }
  return broken;
}

/** Reads a digest of every row of the append-only tables, by name. */
export async function readHistory({ db }: { db: Database }): Promise<ReadonlyMap<string, string>> {
  const rows = await db.execute<{ name: string; digest: string }>(sql`
    select 'exchange ' || x.id as name, md5(x::text) as digest from exchanges x
    union all select 'audit ' || t.id, md5(t::text) from audit_entries t
    union all select format('lease %s %s', l.activation_id, l.sequence), md5(l::text) from leases l`);
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** The names of rows of an earlier history that are gone or changed. */
export function rewritten(earlier: ReadonlyMap<string, string>, later: ReadonlyMap<string, string>): string[] {
  return [...earlier].filter(([name, digest]) => later.get(name) !== digest).map(([name]) => name);
}
