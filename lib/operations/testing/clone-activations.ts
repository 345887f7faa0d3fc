import { sql } from 'drizzle-orm';
import type { TestPortal } from './test-portal';

/**
 * Copies an activation `count` times on its entitlement: each copy is of a new device named `Machine <n>` with a key of its own. Their files
 * can be made but not opened, because the private keys do not exist.
 */
export async function cloneActivations({ db }: Pick<TestPortal, 'db'>, activationId: string, count: number): Promise<void> {
  await db.execute(sql`
    with source as (select * from activations where id = ${activationId}::uuid), numbers as (
      select n, gen_random_uuid() as machine_id, rtrim(translate(encode(sha256((n || activations.id::text)::bytea), 'base64'), '+/', '-_'), '=') as key
      from generate_series(1, ${count}::integer) n, source as activations
    ), machines as (
      insert into devices (id, customer_id, dialect, name, platform, fingerprint_version, fingerprint_key, clock_skew_seconds, first_seen_at, last_seen_at)
      select machine_id, customer_id, 'native', 'Machine ' || n, 'linux', 1, key, 0, activated_at, activated_at from numbers, source
    ), counted as (
      update entitlements set seats_held = seats_held + ${count}::integer where id = (select entitlement_id from source)
    )
    insert into activations (customer_id, entitlement_id, device_id, dialect, device_key, device_jwk, reply_to, fingerprint, state, lease_sequence,
      lease_starts_at, lease_ends_at, grace_ends_at, runs_out_at, activated_at, activated_by)
    select customer_id, entitlement_id, machine_id, dialect, key, device_jwk, reply_to, fingerprint, state, lease_sequence,
      lease_starts_at, lease_ends_at, grace_ends_at, runs_out_at, activated_at + make_interval(secs => n), activated_by
    from numbers, source`);
}
