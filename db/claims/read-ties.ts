import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { KnownAccount } from '@/lib/licensing/claims/approver-ties';
import type { Database } from '../client';
import { instantFromJson } from '../row';

const accountFromJson = z.object({
  userId: z.string(),
  joinedAt: instantFromJson,
  inviterIds: z.array(z.string()),
}) satisfies z.ZodType<KnownAccount>;

/** Reads what is known of accounts, by id. One that nobody has signed in to counts from its making. */
export async function readKnownAccounts(db: Database, ids: readonly string[]): Promise<Map<string, KnownAccount>> {
  const rows = await db.execute<{ found: unknown }>(sql`
    with recursive wanted as (
      select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
    ), invited as (
      select u.id, u.invited_by as inviter from users u join wanted w on w.id = u.id where u.invited_by is not null
      union select i.id, u.invited_by from invited i join users u on u.id = i.inviter where u.invited_by is not null
    )
    select jsonb_build_object('userId', u.id, 'joinedAt', coalesce(u.joined_at, u.created_at),
      'inviterIds', (select coalesce(jsonb_agg(i.inviter), '[]') from invited i where i.id = u.id)) as found
    from users u join wanted w on w.id = u.id`);
  return new Map(rows.map((row) => accountFromJson.parse(row.found)).map((account) => [account.userId, account]));
}
