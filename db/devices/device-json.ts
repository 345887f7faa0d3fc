import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowJson, rowSchema } from '../row';
import { devices } from '../schema/devices';

export const fingerprintFromJson = z.object({ version: z.int(), components: z.record(z.string(), z.string()) });

/** A device with its present fingerprint. */
export const deviceFromJson = rowSchema(devices)
  .omit({ dialect: true, fingerprintVersion: true, fingerprintKey: true })
  .extend({ fingerprint: fingerprintFromJson });

export type DeviceRow = z.output<typeof deviceFromJson>;

/** JSON of a device `d`, as {@link deviceFromJson} reads it. */
export const deviceJson = sql`${rowJson(devices, 'd', deviceFromJson)} || jsonb_build_object('fingerprint', jsonb_build_object(
  'version', d.fingerprint_version, 'components',
  (select coalesce(jsonb_object_agg(dc.name, dc.digest), '{}') from device_components dc where dc.device_id = d.id and dc.gone_at is null)))`;
