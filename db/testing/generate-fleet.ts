import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { z } from 'zod';
import type { Database } from '../client';
import { generateAudit } from './generate-audit';
import { digestOf, idOf, troubleCodeOf } from './name-row';
import { withoutIndexes } from './set-aside';

/** How much there is to search in. */
export interface FleetSize {
  readonly devices: number;
  readonly customers: number;
  /** In the audit of one customer, besides one for each device in the audit of its customer. */
  readonly auditEntries: number;
}

const soughtFromJson = z.object({
  customerName: z.string(),
  customerCode: z.string(),
  email: z.string(),
  personName: z.string(),
  deviceName: z.string(),
  hostname: z.string(),
  assetTag: z.string(),
  deviceId: z.string(),
  digest: z.string(),
  activationId: z.string(),
  troubleCode: z.string(),
  requestId: z.string(),
  exchangeId: z.string(),
  orderReference: z.string(),
  entitlementId: z.string(),
  lastFour: z.string(),
});

/** Everything that one device in the middle, and what belongs to it, can be found by. */
export type Sought = z.output<typeof soughtFromJson>;

/** The tables that are large afterwards. */
export const FLEET_TABLES: readonly string[] = [
  ...['customers', 'users', 'entitlements', 'activation_codes', 'activation_code_entitlements'],
  ...['entitlement_assignments', 'devices', 'device_components', 'activations', 'exchanges', 'leases', 'audit_entries'],
];

/** For making many rows and their indexes. Written to disk by the time that all is done. */
const SESSION = { synchronous_commit: 'off', maintenance_work_mem: '512MB' };

/** Devices in one round, so that no statement takes long. */
const ROUND = 100_000;

/**
 * Fills an installation with customers, each with an administrator, a member, an entitlement with its code that is assigned to the member, and
 * as many devices as every other. Each device has three components, a seat with its lease, the exchange that brought it, and its entry in the
 * audit; of some of them an act was refused, and one customer has a long audit. Rows are consistent with each other; keys and replies in them
 * are not real. All of it by statements that make many rows each.
 *
 * @param ownerUrl connection of the role that owns the tables, which nobody has used yet
 */
export async function generateFleet(ownerUrl: string, offeringId: string, size: FleetSize): Promise<Sought> {
  const { devices, customers } = size;
  const connection = postgres(ownerUrl, { max: 1, onnotice: () => undefined, connection: SESSION });
  const db = drizzle(connection);
  try {
    await withoutIndexes(db, FLEET_TABLES, async () => {
      await generateCustomers(db, offeringId, customers);
      for (let made = 0; made < devices; made += ROUND) {
        // Device i belongs to customer c.
        const numbers = sql`(select i, (i - 1) % ${customers}::integer + 1 as c, now() - interval '80 days' + make_interval(secs => i * 3) as at
          from generate_series(${made + 1}::integer, ${Math.min(devices, made + ROUND)}::integer) i) n`;
        await generateDevices(db, numbers);
        await generateSeats(db, numbers);
      }
      await generateAudit(db, size);
    });
    await generateRefusals(db, devices);
    await db.execute(sql`update entitlements e set seats_held = a.held
      from (select entitlement_id, count(*) as held from activations group by entitlement_id) a where a.entitlement_id = e.id`);
    await db.execute(sql.raw(`vacuum analyze ${FLEET_TABLES.join(', ')}`));
    return await readSought(db, Math.ceil(devices / 2));
  } finally {
    await connection.end();
  }
}

async function generateCustomers(db: Database, offeringId: string, customers: number): Promise<void> {
  const numbers = sql`generate_series(1, ${customers}::integer) n`;
  const customerId = idOf('customer', 'n');
  await db.execute(
    sql`insert into customers (id, code, name) select ${customerId}, 'c' || n, md5('name ' || n) || ' Works' from ${numbers}`,
  );
  await db.execute(sql`insert into users (id, email, name, role, customer_id)
    select ${idOf('person', "n || ' ' || role")}, left(role, 5) || '-' || n || '@example.com', md5(role || n), role, ${customerId}
    from ${numbers}, unnest(array['member', 'customer_admin']) role`);
  await db.execute(sql`insert into entitlements (id, customer_id, offering_id, order_reference, plan_type, start_rule, starts_at, term_length,
      term_ends_at, offline_lease_period, seats, overdraft_kind, overdraft_value, release_rule, features, attributes)
    select ${idOf('entitlement', 'n')}, ${customerId}, ${offeringId}::uuid, 'ORDER-' || n, 'subscription', 'on-date', now() - interval '1 year',
      'P5Y', now() + interval '4 years', 'P90D', 100000, 'none', 0, 'when-lease-ran-out', '[]'::jsonb, '{}'::jsonb from ${numbers}`);
  await db.execute(sql`insert into entitlement_assignments (customer_id, entitlement_id, user_id)
    select ${customerId}, ${idOf('entitlement', 'n')}, ${idOf('person', "n || ' member'")} from ${numbers}`);
  await db.execute(sql`insert into activation_codes (id, customer_id, digest, last_four)
    select ${idOf('activation code', 'n')}, ${customerId}, md5('code ' || n), upper(right(md5('four ' || n), 4)) from ${numbers}`);
  await db.execute(sql`insert into activation_code_entitlements (customer_id, code_id, entitlement_id)
    select ${customerId}, ${idOf('activation code', 'n')}, ${idOf('entitlement', 'n')} from ${numbers}`);
}

async function generateDevices(db: Database, numbers: SQL): Promise<void> {
  await db.execute(sql`insert into devices (id, customer_id, dialect, name, asset_tag, platform, hostname, app_version, fingerprint_version, fingerprint_key,
      clock_skew_seconds, first_seen_at, last_seen_at)
    select ${idOf('device', 'n.i')}, ${idOf('customer', 'n.c')}, 'native', 'Press line ' || n.i, 'INV-' || n.i, 'linux', 'host-' || md5('host ' || n.i), '4.2.0', 1,
      md5('fingerprint ' || n.i), 0, n.at, n.at from ${numbers}`);
  await db.execute(sql`insert into device_components (customer_id, device_id, name, digest, seen_at)
    select ${idOf('customer', 'n.c')}, ${idOf('device', 'n.i')}, part, ${digestOf("part || ' ' || n.i")}, n.at
    from ${numbers}, unnest(array['machine', 'memory', 'mac']) part`);
}

async function generateSeats(db: Database, numbers: SQL): Promise<void> {
  const [customerId, entitlementId, userId] = [
    idOf('customer', 'n.c'),
    idOf('entitlement', 'n.c'),
    idOf('person', "n.c || ' member'"),
  ];
  await db.execute(sql`insert into activations (id, customer_id, entitlement_id, device_id, dialect, device_key, device_jwk, reply_to, fingerprint, state,
      lease_sequence, lease_starts_at, lease_ends_at, runs_out_at, activated_at, activated_by)
    select ${idOf('activation', 'n.i')}, ${customerId}, ${entitlementId}, ${idOf('device', 'n.i')}, 'native', ${digestOf("'key ' || n.i")}, '{}', '{}',
      '{"version": 1, "components": {}}', 'active', 1, n.at, n.at + interval '90 days', n.at + interval '90 days', n.at, ${userId} from ${numbers}`);
  await db.execute(sql`insert into exchanges (id, at, customer_id, user_id, actor, via, kind, outcome, file_name, file_size, file_digest, dialect, request_key,
      product_code, device_name, entitlement_id, device_id, activation_id, trouble_code, reply_name, reply)
    select ${idOf('exchange', 'n.i')}, n.at, ${customerId}, ${userId}, 'generated', 'browser', 'activation', 'granted', 'request.txt', 2000,
      encode(sha256(convert_to('file ' || n.i, 'UTF8')), 'hex'), 'native', 'native:' || ${digestOf("'key ' || n.i")} || ':' || ${idOf('request', 'n.i')},
      'press-control', 'Press line ' || n.i, ${entitlementId}, ${idOf('device', 'n.i')}, ${idOf('activation', 'n.i')},
      ${troubleCodeOf('n.i')}, 'answer.txt', 'generated' from ${numbers}`);
  await db.execute(sql`insert into leases (customer_id, activation_id, sequence, starts_at, ends_at, exchange_id)
    select ${customerId}, ${idOf('activation', 'n.i')}, 1, n.at, n.at + interval '90 days', ${idOf('exchange', 'n.i')} from ${numbers}`);
}

/** Of every tenth device, and of the one that is sought, somebody was refused to change the name. */
async function generateRefusals(db: Database, devices: number): Promise<void> {
  await db.execute(sql`insert into audit_entries (at, customer_id, actor, role, action, code, device_id, trouble_code)
    select d.first_seen_at, d.customer_id, 'generated', 'member', 'device.act-refused', 'input-refused', d.id, ${troubleCodeOf('n.i')}
    from generate_series(1, ${devices}::integer) n(i) join devices d on d.id = ${idOf('device', 'n.i')}
    where n.i % 10 = 0 or n.i = ${Math.ceil(devices / 2)}::integer`);
}

async function readSought(db: Database, device: number): Promise<Sought> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('customerName', c.name, 'customerCode', c.code, 'email', u.email, 'personName', u.name, 'deviceName', d.name,
      'hostname', d.hostname, 'assetTag', d.asset_tag, 'deviceId', d.id, 'digest', f.digest, 'activationId', a.id, 'troubleCode', x.trouble_code,
      'requestId', split_part(x.request_key, ':', 3), 'exchangeId', x.id, 'orderReference', e.order_reference, 'entitlementId', e.id,
      'lastFour', k.last_four) as found
    from devices d join customers c on c.id = d.customer_id join users u on u.customer_id = c.id and u.role = 'member'
      join device_components f on f.device_id = d.id and f.name = 'memory' join activations a on a.device_id = d.id
      join exchanges x on x.activation_id = a.id join entitlements e on e.customer_id = c.id join activation_codes k on k.customer_id = c.id
    where d.id = ${idOf('device', String(device))}`);
  return soughtFromJson.parse(rows[0]?.found);
}
