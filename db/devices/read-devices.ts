import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { instantFromJson, rowJson, rowSchema } from '../row';
import { activations, leases } from '../schema/activations';
import { deviceComponents } from '../schema/devices';
import type { Scope } from '../scope';
import { devicesIn, entitlementsIn } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';
import { deviceFromJson, deviceJson } from './device-json';
import { deviceStarts } from './devices-starting';

const newest = rowSchema(activations).pick({
  ...{ state: true, leaseStartsAt: true, leaseEndsAt: true, runsOutAt: true, cameBackAt: true },
});

const listed = z.compile(
  z.object({
    now: instantFromJson,
    device: deviceFromJson,
    customerName: z.string(),
    /** The newest activation that this person may see. */
    activation: newest.extend({ productName: z.string() }).nullable(),
  }),
);

/** A device as it is listed. */
export type ListedDevice = z.output<typeof listed>;

/** Which page of devices. */
export interface DevicePage {
  readonly after: { readonly lastSeenAt: Date; readonly id: string } | null;
  /** Part of a name or host name, or the start of an activation id or of a fingerprint component. Among all customers, the start of any. */
  readonly search: string;
  /** Only devices that came back after their seat had been released, and hold no seat since. */
  readonly cameBack: boolean;
}

function matching(search: string, scope: Scope) {
  if (search === '') return sql`true`;
  if (scope.kind === 'all') return deviceStarts(search);
  const escaped = search.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  const contained = `%${escaped}%`;
  const started = `${escaped}%`;
  return sql`(d.name ilike ${contained} or d.hostname ilike ${contained}
    or exists (select from device_components f where f.device_id = d.id and f.digest like ${started})
    or exists (select from activations i join entitlements e on e.id = i.entitlement_id where i.device_id = d.id and i.id::text like ${started.toLowerCase()} and ${entitlementsIn(scope)}))`;
}

function cameBackIn(scope: Scope) {
  return sql`exists (select from activations b join entitlements e on e.id = b.entitlement_id
    where b.device_id = d.id and b.came_back_at is not null and ${entitlementsIn(scope)} and not exists (
      select from activations l where l.device_id = b.device_id and l.entitlement_id = b.entitlement_id and l.state in ('active', 'lease_expired')))`;
}

/** Lists devices within the scope, last seen first. Reads one row more than a page, which shows whether there is a next page. */
export async function listDevices(
  db: Database,
  input: { scope: Scope; page: DevicePage; now?: Date | undefined },
): Promise<ListedDevice[]> {
  const { scope, page } = input;
  const start =
    page.after === null
      ? sql`true`
      : sql`(d.last_seen_at, d.id) < (${page.after.lastSeenAt.toISOString()}::timestamptz, ${page.after.id}::uuid)`;
  return select(db, {
    ...input,
    condition: sql`${devicesIn(scope)} and ${start} and ${matching(page.search, scope)} and ${page.cameBack ? cameBackIn(scope) : sql`true`}`,
    limit: PAGE_ROWS + 1,
  });
}

/** Reads one device within the scope; null if there is none. */
export async function readDevice(
  db: Database,
  input: { scope: Scope; deviceId: string; now?: Date | undefined },
): Promise<ListedDevice | null> {
  const rows = await select(db, {
    ...input,
    condition: sql`d.id = ${input.deviceId}::uuid and ${devicesIn(input.scope)}`,
    limit: 1,
  });
  return rows[0] ?? null;
}

async function select(
  db: Database,
  input: { scope: Scope; condition: ReturnType<typeof sql>; limit: number; now?: Date | undefined },
): Promise<ListedDevice[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    with clock as (select coalesce(${input.now?.toISOString() ?? null}::timestamptz, clock_timestamp()) as now)
    select jsonb_build_object('now', (select now from clock), 'device', ${deviceJson}, 'customerName', dc.name, 'activation', (
      select ${rowJson(activations, 'a', newest)} || jsonb_build_object('productName', p.name)
      from activations a join entitlements e on e.id = a.entitlement_id join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
      where a.device_id = d.id and ${entitlementsIn(input.scope)} order by a.activated_at desc, a.id desc limit 1)) as found
    from devices d join customers dc on dc.id = d.customer_id
    where ${input.condition} order by d.last_seen_at desc, d.id desc limit ${input.limit}`);
  return rows.map((row) => listed.parse(row.found));
}

const component = rowSchema(deviceComponents).omit({ customerId: true, deviceId: true });
/** `counts`: some product on the device recognises it by this component. Others are only shown. */
const componentFromJson = component.extend({ counts: z.boolean() });

/** A component of a device's fingerprint, present or past. */
export type ComponentRow = z.output<typeof componentFromJson>;

/** Lists present and past components of a device's fingerprint. The caller has checked that the device is within the scope. */
export async function listComponents(db: Database, deviceId: string): Promise<ComponentRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select ${rowJson(deviceComponents, 'f', component)} || jsonb_build_object('counts', coalesce((
        select bool_or(f.name = any(p.fingerprint_components) or a.fingerprint->'components' ? f.name)
        from activations a join entitlements e on e.id = a.entitlement_id join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
        where a.device_id = f.device_id), true)) as found
    from device_components f where f.device_id = ${deviceId}::uuid order by f.name, f.gone_at nulls first`);
  return rows.map((row) => componentFromJson.parse(row.found));
}

const deviceLease = rowSchema(leases).omit({ customerId: true });
const deviceLeaseFromJson = z.compile(deviceLease.extend({ entitlementId: z.string(), productName: z.string() }));

/** A lease that was issued to a device. */
export type DeviceLeaseRow = z.output<typeof deviceLeaseFromJson>;

/** Lists the leases of a device on entitlements within the scope, newest first. At most {@link PAGE_ROWS}. */
export async function listLeasesOfDevice(db: Database, look: { scope: Scope; deviceId: string }): Promise<DeviceLeaseRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select ${rowJson(leases, 'l', deviceLease)} || jsonb_build_object('entitlementId', e.id, 'productName', p.name) as found
    from activations a join leases l on l.activation_id = a.id join entitlements e on e.id = a.entitlement_id
      join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
    where a.device_id = ${look.deviceId}::uuid and ${entitlementsIn(look.scope)} order by l.starts_at desc, l.sequence desc limit ${PAGE_ROWS}`);
  return rows.map((row) => deviceLeaseFromJson.parse(row.found));
}
