import { and, desc, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { deviceNotes, devices } from '../schema/devices';
import type { Scope } from '../scope';
import { devicesIn } from '../scope';

/** A note of support about a device. */
export type DeviceNoteRow = Pick<typeof deviceNotes.$inferSelect, 'id' | 'createdAt' | 'author' | 'body'>;

/** Lists the notes on a device within the scope, newest first, at most 200. */
export function listDeviceNotes(db: Database, look: { scope: Scope; deviceId: string }): Promise<DeviceNoteRow[]> {
  const { id, createdAt, author, body, deviceId } = deviceNotes;
  const d = alias(devices, 'd');
  return db
    .select({ id, createdAt, author, body })
    .from(deviceNotes)
    .innerJoin(d, eq(d.id, deviceId))
    .where(and(eq(deviceId, look.deviceId), devicesIn(look.scope)))
    .orderBy(desc(createdAt), desc(id))
    .limit(200);
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
