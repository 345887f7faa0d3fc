import postgres from 'postgres';
import { readRuntime } from '@/lib/operator/launch/runtime-file';
import { fromSetUp } from './environment';

/** Makes somebody's sessions as old as if they had signed in so many minutes earlier. */
export async function ageSessions(email: string, minutes: number): Promise<void> {
  const sql = postgres(readRuntime(fromSetUp('dataDir'))?.ownerUrl ?? '', { max: 1 });
  await sql`update sessions s set created_at = s.created_at - make_interval(mins => ${minutes}),
    proved_at = s.proved_at - make_interval(mins => ${minutes}) from users u where u.id = s.user_id and u.email = ${email}`;
  await sql.end();
}
