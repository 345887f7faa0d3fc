import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { auditCall, writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { isGuardFallen } from '../postgres-error';
import { exchangeKeys, signingKeys, vendor } from '../schema/vendor';

export type NewSigningKey = typeof signingKeys.$inferInsert;
export type NewExchangeKey = typeof exchangeKeys.$inferInsert;

/** Writes the vendor with its first keys and the audit row. `exists`: there is a vendor already. */
export function insertVendor(
  db: Database,
  entry: { vendor: typeof vendor.$inferInsert; signingKey: NewSigningKey; exchangeKey: NewExchangeKey; audit: AuditEntry },
) {
  return writeAudited(db, {
    writes: [
      { name: 'made', query: sql`${db.insert(vendor).values(entry.vendor).returning({ id: vendor.id })}` },
      { name: 'signing', query: sql`${db.insert(signingKeys).values(entry.signingKey)}` },
      { name: 'exchange', query: sql`${db.insert(exchangeKeys).values(entry.exchangeKey)}` },
    ],
    audit: entry.audit,
  });
}

/** New keys, and those that the caller saw in use: the change is made only while they still are. */
export interface Rotation {
  readonly at: Date;
  readonly signing: { readonly key: NewSigningKey; readonly inUse: readonly string[] } | null;
  readonly exchange: { readonly key: NewExchangeKey; readonly inUse: readonly string[]; readonly opensUntil: Date } | null;
  readonly audit: AuditEntry;
}

function retire(kids: readonly string[], { table, changes }: { table: SQL; changes: SQL }): SQL {
  return sql`(update ${table} set ${changes} where retired_at is null
    and kid in (select jsonb_array_elements_text(${JSON.stringify(kids)}::jsonb)) returning kid)`;
}

/** Writes that take place, and for each retiring one how many keys it must find. */
function writesOf(db: Database, { at, signing, exchange }: Rotation): { writes: SQL[]; counts: SQL[] } {
  const writes: SQL[] = [];
  const counts: SQL[] = [];
  const retiredAt = sql`retired_at = ${at.toISOString()}::timestamptz`;
  if (signing !== null) {
    const retired = retire(signing.inUse, { table: sql`signing_keys`, changes: retiredAt });
    writes.push(sql`old_signing as ${retired}`, sql`new_signing as ${db.insert(signingKeys).values(signing.key)}`);
    counts.push(sql`(select count(*) from old_signing) = ${signing.inUse.length}::integer`);
  }
  if (exchange !== null) {
    const changes = sql`${retiredAt}, opens_until = ${exchange.opensUntil.toISOString()}::timestamptz`;
    const retired = retire(exchange.inUse, { table: sql`exchange_keys`, changes });
    writes.push(sql`old_exchange as ${retired}`, sql`new_exchange as ${db.insert(exchangeKeys).values(exchange.key)}`);
    counts.push(sql`(select count(*) from old_exchange) = ${exchange.inUse.length}::integer`);
  }
  return { writes, counts };
}

/**
 * Writes new keys, retires those in use and writes the audit row. Where another rotation was faster, the guard divides by zero, which
 * undoes the whole statement; leaving out the audit row alone would not.
 */
export async function writeRotation(db: Database, rotation: Rotation): Promise<CommitOutcome> {
  const { writes, counts } = writesOf(db, rotation);
  try {
    await db.execute(sql`with ${sql.join(writes, sql`, `)}
      select ${auditCall(rotation.audit)} from (select 1 / (${sql.join(counts, sql` and `)})::integer as held) guard where held = 1`);
    return 'done';
  } catch (error) {
    if (isGuardFallen(error)) return 'stale';
    throw error;
  }
}
