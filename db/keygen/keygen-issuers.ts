import { desc, sql } from 'drizzle-orm';
import { z } from 'zod';
import { auditCall, writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { isGuardFallen, violatedUnique } from '../postgres-error';
import { rowJson, rowSchema } from '../row';
import { keygenIssuers } from '../schema/keygen';

/** The key pairs for Keygen clients, private halves encrypted. */
export type IssuerRow = typeof keygenIssuers.$inferSelect;

const issuerFromJson = rowSchema(keygenIssuers);

export const issuersFromJson = z.array(issuerFromJson);

/** JSON of all issuers, newest first, as {@link issuersFromJson} reads it. */
export const issuersJson = sql`(select coalesce(jsonb_agg(${rowJson(keygenIssuers, 'i', issuerFromJson)}
  order by i.retired_at desc nulls first, i.created_at desc), '[]') from keygen_issuers i)`;

/** Reads the key pairs for Keygen clients: those in use first, then newest first. */
export async function readIssuers(db: Database): Promise<IssuerRow[]> {
  const { retiredAt, createdAt } = keygenIssuers;
  return db.select().from(keygenIssuers).orderBy(sql`${retiredAt} desc nulls first`, desc(createdAt));
}

/** Writes the first key pairs and the audit row. `exists`: there are some already. */
export function insertIssuer(db: Database, { issuer, audit }: { issuer: IssuerRow; audit: AuditEntry }) {
  const query = db.insert(keygenIssuers).values(issuer).returning({ kid: keygenIssuers.kid });
  return writeAudited(db, { writes: [{ name: 'made', query }], audit });
}

/**
 * Retires the key pairs in use, writes new ones and the audit row. Where another rotation was faster, the guard divides by zero, which undoes
 * the whole statement.
 *
 * @param rotation.replaces those that the caller saw in use
 */
export async function writeIssuerRotation(
  db: Database,
  rotation: { issuer: IssuerRow; replaces: string; audit: AuditEntry },
): Promise<CommitOutcome> {
  const { issuer, replaces, audit } = rotation;
  const { kid, account, publicPems, privateSealed } = issuer;
  const at = sql`${issuer.createdAt.toISOString()}::timestamptz`;
  try {
    await db.execute(sql`
      with retired as (
        update keygen_issuers set retired_at = ${at} where kid = ${replaces} and retired_at is null returning kid
      ), made as (
        insert into keygen_issuers (kid, account, public_pems, private_sealed, created_at)
        select ${kid}, ${account}::uuid, ${JSON.stringify(publicPems)}::jsonb, ${privateSealed}, ${at} from retired
        returning kid
      )
      select ${auditCall(audit)} from (select 1 / (select count(*)::integer from made) as held) guard where held = 1`);
    return 'done';
  } catch (error) {
    if (isGuardFallen(error) || violatedUnique(error) !== null) return 'stale';
    throw error;
  }
}
