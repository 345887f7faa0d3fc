import { sql } from 'drizzle-orm';
import type { ChangeOutcome } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { toRowJson } from '../row';
import type { Scope } from '../scope';
import { devicesIn } from '../scope';

/**
 * Gives a device within the scope another name, with an audit row that tells both names. Of two who rename it at once the later one wins, and
 * the audit of each tells the name it replaced.
 *
 * @param rename.audit of which customer and detail are filled in
 * @returns `unknown` when there is no such device within the scope; `unchanged`, and nothing was written, when it has the name already
 */
export async function renameDevice(
  db: Database,
  rename: { scope: Scope; deviceId: string; name: string; audit: AuditEntry },
): Promise<ChangeOutcome> {
  const { scope, deviceId, name } = rename;
  const audit = JSON.stringify(toRowJson(rename.audit));
  const rows = await db.execute<{ changed: boolean }>(sql`
    with known as (
      select d.id, d.customer_id, d.name from devices d where d.id = ${deviceId}::uuid and ${devicesIn(scope)} for no key update of d
    ), renamed as (
      update devices d set name = ${name} from known where d.id = known.id and known.name <> ${name} returning d.id
    ), written as materialized (
      select write_audit(${audit}::jsonb || jsonb_build_object('customer_id', known.customer_id,
        'detail', jsonb_build_object('from', known.name, 'to', ${name}::text))) as done from known join renamed using (id)
    )
    select (select count(*) from written) > 0 as changed from known`);
  const [row] = rows;
  if (row === undefined) return 'unknown';
  return row.changed ? 'changed' : 'unchanged';
}
