import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReminderSetting } from '@/lib/licensing/leases/reminder';
import { REMINDER_DAYS } from '@/lib/licensing/leases/reminder';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';

const settingFromJson = z.object({ days: z.array(z.literal(REMINDER_DAYS)), withFiles: z.boolean() });

/** What somebody chose; null while they have not. */
export async function readReminderSetting(db: Database, userId: string): Promise<ReminderSetting | null> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('days', days, 'withFiles', with_files) as found from reminder_settings where user_id = ${userId}::uuid`);
  return rows[0] ? settingFromJson.parse(rows[0].found) : null;
}

/** Writes what somebody chose, with the audit row; nothing when that is what they had chosen. */
export async function writeReminderSetting(
  db: Database,
  { userId, setting, audit }: { userId: string; setting: ReminderSetting; audit: AuditEntry },
): Promise<void> {
  const days = `{${setting.days.join(',')}}`;
  const query = sql`(insert into reminder_settings as s (user_id, days, with_files)
    values (${userId}::uuid, ${days}::integer[], ${setting.withFiles})
    on conflict (user_id) do update set days = excluded.days, with_files = excluded.with_files
    where (s.days, s.with_files) is distinct from (excluded.days, excluded.with_files) returning s.user_id)`;
  await writeAudited(db, { writes: [{ name: 'chosen', query }], audit });
}
