import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { instantFromJson } from '../entitlements/entitlement-json';

/** JSON of a device `d` with its present fingerprint, as {@link deviceFromJson} reads it. */
export const deviceJson = sql`jsonb_build_object('id', d.id, 'customerId', d.customer_id, 'name', d.name, 'platform', d.platform,
  'hostname', d.hostname, 'appVersion', d.app_version, 'clockSkewSeconds', d.clock_skew_seconds, 'firstSeenAt', d.first_seen_at,
  'lastSeenAt', d.last_seen_at, 'fingerprint', jsonb_build_object('version', d.fingerprint_version, 'components',
    (select coalesce(jsonb_object_agg(dc.name, dc.digest), '{}') from device_components dc where dc.device_id = d.id and dc.gone_at is null)))`;

export const deviceFromJson = z.object({
  id: z.string(),
  customerId: z.string(),
  name: z.string(),
  platform: z.string(),
  hostname: z.string().nullable(),
  appVersion: z.string().nullable(),
  clockSkewSeconds: z.int(),
  firstSeenAt: instantFromJson,
  lastSeenAt: instantFromJson,
  fingerprint: z.object({ version: z.int(), components: z.record(z.string(), z.string()) }),
});

export type DeviceRow = z.output<typeof deviceFromJson>;
