import { sql } from 'drizzle-orm';
import type { Database } from './client';
import type { AuditEntry } from './exchange-entry';
import { toRowJson } from './exchange-entry';
import type { ChangeOutcome } from './insert-audited';

/** Switches the exchange without signing in on or off for a product, and writes the audit row when that changed something. */
export async function writeGuestExchange(
  db: Database,
  change: { code: string; guestExchange: boolean; audit: AuditEntry },
): Promise<ChangeOutcome> {
  const audit = JSON.stringify(toRowJson(change.audit));
  const rows = await db.execute<{ known: boolean; changed: boolean }>(sql`
    with changed as (
      update products set guest_exchange = ${change.guestExchange}
      where code = ${change.code} and guest_exchange <> ${change.guestExchange} returning id
    ), written as materialized (
      select write_audit(${audit}::jsonb) as done from changed
    )
    select exists (select from products where code = ${change.code}) as known, (select count(*) from written) > 0 as changed`);
  if (rows[0]?.known !== true) return 'unknown';
  return rows[0].changed ? 'changed' : 'unchanged';
}

/** Says whether any product has the exchange without signing in switched on. */
export async function isGuestExchangeOn(db: Database): Promise<boolean> {
  const rows = await db.execute<{ on: boolean }>(sql`select exists (select from products where guest_exchange) as on`);
  return rows[0]?.on === true;
}
