import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { devicesIn } from '../scope';

const noteFromJson = z.object({ id: z.string(), createdAt: instantFromJson, author: z.string(), body: z.string() });

/** What support wrote down about a device. */
export type DeviceNoteRow = z.output<typeof noteFromJson>;

/** The notes on a device within the scope, newest first, at most 200. */
export async function listDeviceNotes(db: Database, look: { scope: Scope; deviceId: string }): Promise<DeviceNoteRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', n.id, 'createdAt', n.created_at, 'author', n.author, 'body', n.body) as found
    from device_notes n join devices d on d.id = n.device_id
    where n.device_id = ${look.deviceId}::uuid and ${devicesIn(look.scope)} order by n.created_at desc, n.id desc limit 200`);
  return rows.map((row) => noteFromJson.parse(row.found));
}

/** Writes a note and its audit row. `nothing`: no such device within the scope. */
export function insertDeviceNote(
  db: Database,
  { scope, note, audit }: { scope: Scope; note: { deviceId: string; author: string; body: string; at: Date }; audit: AuditEntry },
): Promise<'written' | 'nothing' | 'exists'> {
  const query = sql`(insert into device_notes (customer_id, device_id, created_at, author, body)
    select d.customer_id, d.id, ${note.at.toISOString()}::timestamptz, ${note.author}, ${note.body} from devices d
    where d.id = ${note.deviceId}::uuid and ${devicesIn(scope)} returning id)`;
  return writeAudited(db, { writes: [{ name: 'noted', query }], audit });
}
