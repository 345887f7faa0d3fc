import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { clock } from '../clock';
import { instantFromJson } from '../entitlements/entitlement-json';

const factorFromJson = z.object({
  now: instantFromJson,
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['member', 'customer_admin', 'support']),
  customerId: z.string().nullable(),
  secretSealed: z.string(),
  startedAt: instantFromJson,
  /** Null: being set up. */
  confirmedAt: instantFromJson.nullable(),
  recoveryCodesLeft: z.int(),
});

/** The second factor of a person who may sign in, and whose it is. */
export type FactorRow = z.output<typeof factorFromJson>;

/** Reads a person's second factor, on or being set up; null when there is none. */
export function readFactor(db: Database, look: { userId: string; now: Date | undefined }): Promise<FactorRow | null> {
  return select(db, { joins: sql``, condition: sql`f.user_id = ${look.userId}::uuid`, now: look.now });
}

/** Reads the second factor that a sign-in waits for; null when no sign-in waits with this token any more. */
export function readAwaitedFactor(db: Database, look: { tokenDigest: string; now: Date | undefined }): Promise<FactorRow | null> {
  return select(db, {
    joins: sql`join pending_sign_ins p on p.user_id = f.user_id`,
    condition: sql`f.confirmed_at is not null and p.token_digest = ${look.tokenDigest} and p.expires_at > ${clock(look.now)}`,
    now: look.now,
  });
}

async function select(
  db: Database,
  { joins, condition, now }: { joins: SQL; condition: SQL; now: Date | undefined },
): Promise<FactorRow | null> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('now', ${clock(now)}, 'userId', u.id, 'email', u.email, 'name', u.name, 'role', u.role,
      'customerId', u.customer_id, 'secretSealed', f.secret_sealed, 'startedAt', f.created_at, 'confirmedAt', f.confirmed_at,
      'recoveryCodesLeft', cardinality(f.recovery_digests)) as found
    from second_factors f join users u on u.id = f.user_id ${joins}
    where u.active and ${condition}`);
  return factorFromJson.nullable().parse(rows[0]?.found ?? null);
}
