import postgres from 'postgres';
import { readRuntime } from '@/lib/operator/launch/runtime-file';
import { fromSetUp } from './environment';

/** A file that came with a mail, as it was before it was sent. */
export function attachmentOf(mail: string, name: string): Buffer {
  const [, base64 = ''] = mail.split(`filename="${name}"`)[1]?.split(/\r?\n\r?\n/) ?? [];
  // The line that ends the part follows at once, and its letters would be read as well.
  return Buffer.from(base64.split(/\r?\n--/)[0] ?? '', 'base64');
}

/** Asks the portal for reminders, as the clock does every hour. */
export async function askForReminders(): Promise<void> {
  const sql = postgres(readRuntime(fromSetUp('dataDir'))?.ownerUrl ?? '', { max: 1 });
  await sql`select graphile_worker.add_job('reminder.send', job_key := 'reminder.send', max_attempts := 3, job_key_mode := 'replace')`;
  await sql.end();
}
