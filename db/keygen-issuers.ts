import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';
import type { CommitOutcome } from './commit';
import { instantFromJson } from './entitlement-json';
import type { AuditEntry } from './exchange-entry';
import { auditCall, writeAudited } from './insert-audited';
import { isGuardFallen, violatedUnique } from './postgres-error';
import { keygenIssuers } from './schema/keygen';

export type NewIssuer = typeof keygenIssuers.$inferInsert & { readonly id: string };

const issuerFromJson = z.object({
  id: z.string(),
  account: z.string(),
  ed25519Public: z.string(),
  rsaPublic: z.string(),
  ecPublic: z.string(),
  privateSealed: z.string(),
  createdAt: instantFromJson,
  retiredAt: instantFromJson.nullable(),
});

export type IssuerRow = z.output<typeof issuerFromJson>;

/** Reads the key pairs for Keygen clients, newest first, private halves still sealed. */
export async function readIssuers(db: Database): Promise<IssuerRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', id, 'account', account, 'ed25519Public', ed25519_public, 'rsaPublic', rsa_public,
      'ecPublic', ec_public, 'privateSealed', private_sealed, 'createdAt', created_at, 'retiredAt', retired_at) as found
    from keygen_issuers order by created_at desc, retired_at desc nulls first`);
  return rows.map((row) => issuerFromJson.parse(row.found));
}

/** Writes the first key pairs and the audit row. `exists`: there are some already. */
export function insertIssuer(db: Database, { issuer, audit }: { issuer: NewIssuer; audit: AuditEntry }) {
  const query = sql`${db.insert(keygenIssuers).values(issuer).returning({ id: keygenIssuers.id })}`;
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
  rotation: { issuer: NewIssuer; replaces: string; at: Date; audit: AuditEntry },
): Promise<CommitOutcome> {
  const { issuer, replaces, at, audit } = rotation;
  const { id, account, ed25519Public, rsaPublic, ecPublic, privateSealed } = issuer;
  const now = sql`${at.toISOString()}::timestamptz`;
  try {
    await db.execute(sql`
      with retired as (
        update keygen_issuers set retired_at = ${now} where id = ${replaces}::uuid and retired_at is null returning id
      ), made as (
        insert into keygen_issuers (id, account, ed25519_public, rsa_public, ec_public, private_sealed, created_at)
        select ${id}::uuid, ${account}::uuid, ${ed25519Public}, ${rsaPublic}, ${ecPublic}, ${privateSealed}, ${now} from retired
        returning id
      )
      select ${auditCall(audit)} from (select 1 / (select count(*)::integer from made) as held) guard where held = 1`);
    return 'done';
  } catch (error) {
    if (isGuardFallen(error) || violatedUnique(error) !== null) return 'stale';
    throw error;
  }
}
