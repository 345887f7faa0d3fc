import { getTableColumns, sql } from 'drizzle-orm';
import type { DeviceDetail } from '@/lib/licensing/devices/device-details';
import { DEVICE_DETAILS, LISTED_DETAILS } from '@/lib/licensing/devices/device-details';
import type { ChangeOutcome } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import { devices } from '../schema/devices';
import type { Scope } from '../scope';
import { devicesIn } from '../scope';

/** The details to write; what is left out stays. */
export type DetailsChange = Partial<Pick<typeof devices.$inferInsert, DeviceDetail>>;

/**
 * Writes details of a device within the scope, with an audit row for each that changed, which holds both texts. Of two concurrent
 * changes the later one wins, and the audit row of each holds what it replaced.
 *
 * @param edit.change one detail at least
 * @param edit.audit customer, action and detail are filled in by the statement
 * @returns `unknown` when there is no such device within the scope; `unchanged`, and nothing was written, when it has these details already
 */
export async function writeDeviceDetails(
  db: Database,
  edit: { scope: Scope; deviceId: string; change: DetailsChange; audit: Omit<AuditEntry, 'action'> },
): Promise<ChangeOutcome> {
  const { scope, deviceId, change } = edit;
  const columns = getTableColumns(devices);
  const asked = LISTED_DETAILS.filter(([member]) => change[member] !== undefined).map(([member]) => ({
    ...{ column: columns[member].name, wanted: change[member], action: DEVICE_DETAILS[member].audited },
  }));
  const update = db
    .update(devices)
    .set(change)
    .where(sql`${devices.id} in (select id from known) and exists (select from differences)`)
    .returning({ id: devices.id });
  const rows = await db.execute<{ changed: boolean }>(sql`
    with known as materialized (
      select d.* from devices d where d.id = ${deviceId}::uuid and ${devicesIn(scope)} for no key update of d
    ), differences as materialized (
      select known.id, known.customer_id, t.action, to_jsonb(known)->t."column" as was, to_jsonb(t.wanted) as wanted
      from known, jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as t("column" text, wanted text, action text)
      where to_jsonb(known)->>t."column" is distinct from t.wanted
    ), changed as ${update}, written as materialized (
      select write_audit(${JSON.stringify(toRowJson(edit.audit))}::jsonb || jsonb_build_object('customer_id', differences.customer_id,
        'action', differences.action, 'detail', jsonb_build_object('from', differences.was, 'to', differences.wanted))) as done from differences join changed using (id)
    )
    select (select count(*) from written) > 0 as changed from known`);
  const [row] = rows;
  if (row === undefined) return 'unknown';
  return row.changed ? 'changed' : 'unchanged';
}
