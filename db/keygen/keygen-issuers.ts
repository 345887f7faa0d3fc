import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { auditCall, writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { CommitOutcome } from '../exchange/commit';
import type { AuditEntry } from '../exchange/exchange-entry';
import { isGuardFallen, violatedUnique } from '../postgres-error';
import { instantFromJson } from '../row';
import { keygenIssuers } from '../schema/keygen';

const issuerFromJson = z.object({
  kid: z.string(),
  account: z.string(),
  publicPems: z.object({ ed25519: z.string(), rsa: z.string(), ecdsa: z.string() }),
  privateSealed: z.string(),
  createdAt: instantFromJson,
  retiredAt: instantFromJson.nullable(),
});

/** The key pairs for Keygen clients, private halves sealed. */
export type IssuerRow = z.output<typeof issuerFromJson>;

/** JSON of all issuers, newest first, as {@link issuersFromJson} reads it. */
export const issuersJson = sql`(select coalesce(jsonb_agg(jsonb_build_object('kid', kid, 'account', account, 'publicPems', public_pems,
  'privateSealed', private_sealed, 'createdAt', created_at, 'retiredAt', retired_at)
  order by retired_at desc nulls first, created_at desc), '[]') from keygen_issuers)`;

export const issuersFromJson = z.array(issuerFromJson);

/** Reads the key pairs for Keygen clients: those in use first, then newest first. */
export async function readIssuers(db: Database): Promise<IssuerRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`select ${issuersJson} as found`);
  return issuersFromJson.parse(rows[0]?.found);
}

/** Writes the first key pairs and the audit row. `exists`: there are some already. */
export function insertIssuer(db: Database, { issuer, audit }: { issuer: IssuerRow; audit: AuditEntry }) {
  const query = sql`${db.insert(keygenIssuers).values(issuer).returning({ kid: keygenIssuers.kid })}`;
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
