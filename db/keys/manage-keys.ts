import type { SQL } from 'drizzle-orm';
import { and, inArray, isNull, sql } from 'drizzle-orm';
import { auditCall, writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { isGuardFailed } from '../postgres-error';
import { exchangeKeys, signingKeys, vendor } from '../schema/vendor';

export type NewSigningKey = typeof signingKeys.$inferInsert;
export type NewExchangeKey = typeof exchangeKeys.$inferInsert;

/** Writes the vendor with its first keys and the audit row. `exists`: there is a vendor already. */
export function insertVendor(
  db: Database,
  entry: { vendor: typeof vendor.$inferInsert; signingKey: NewSigningKey; exchangeKey: NewExchangeKey; audit: AuditEntry },
) {
  const made = db.insert(vendor).values(entry.vendor).returning({ id: vendor.id });
  return writeAudited(db, {
    writes: [
      { name: 'made', query: made },
      { name: 'signing', query: db.insert(signingKeys).values(entry.signingKey) },
      { name: 'exchange', query: db.insert(exchangeKeys).values(entry.exchangeKey) },
    ],
    audit: entry.audit,
  });
}

/** New keys, and the `kid`s that the caller saw in use: the change is made only while those are in use. */
export interface Rotation {
  readonly at: Date;
  readonly signing: { readonly key: NewSigningKey; readonly inUse: readonly string[] } | null;
  readonly exchange: { readonly key: NewExchangeKey; readonly inUse: readonly string[]; readonly opensUntil: Date } | null;
  readonly audit: AuditEntry;
}

/** Builds the writes, and for each that retires keys the condition that it found all of them. */
function writesOf(db: Database, { at, signing, exchange }: Rotation): { writes: SQL[]; counts: SQL[] } {
  const writes: SQL[] = [];
  const counts: SQL[] = [];
  if (signing !== null) {
    const { kid, retiredAt } = signingKeys;
    const isInUse = and(isNull(retiredAt), inArray(kid, [...signing.inUse]));
    const retired = db.update(signingKeys).set({ retiredAt: at }).where(isInUse).returning({ kid });
    writes.push(sql`old_signing as ${retired}`, sql`new_signing as ${db.insert(signingKeys).values(signing.key)}`);
    counts.push(sql`(select count(*) from old_signing) = ${signing.inUse.length}::integer`);
  }
  if (exchange !== null) {
    const { kid, retiredAt } = exchangeKeys;
    const isInUse = and(isNull(retiredAt), inArray(kid, [...exchange.inUse]));
    const changes = { retiredAt: at, opensUntil: exchange.opensUntil };
    const retired = db.update(exchangeKeys).set(changes).where(isInUse).returning({ kid });
    writes.push(sql`old_exchange as ${retired}`, sql`new_exchange as ${db.insert(exchangeKeys).values(exchange.key)}`);
    counts.push(sql`(select count(*) from old_exchange) = ${exchange.inUse.length}::integer`);
  }
  return { writes, counts };
}

/**
 * Writes new keys, retires those in use and writes the audit row. If another rotation was faster, the guard divides by zero, which
 * rolls back the whole statement; merely leaving out the audit row would not.
 */
export async function writeRotation(db: Database, rotation: Rotation): Promise<CommitOutcome> {
  const { writes, counts } = writesOf(db, rotation);
  try {
    await db.execute(sql`with ${sql.join(writes, sql`, `)}
      select ${auditCall(rotation.audit)} from (select 1 / (${sql.join(counts, sql` and `)})::integer as held) guard where held = 1`);
    return 'done';
  } catch (error) {
    if (isGuardFailed(error)) return 'stale';
    throw error;
  }
}
