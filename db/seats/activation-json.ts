import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Activation } from '@/lib/licensing/seats/activation';
import { ACTIVATION_STATES } from '@/lib/licensing/seats/activation';
import { instantFromJson } from '../row';

const fingerprintFromJson = z.object({ version: z.int(), components: z.record(z.string(), z.string()) });

/** JSON of an activation `a`, as {@link activationFromJson} reads it. */
export const activationJson = sql`jsonb_build_object('id', a.id, 'customerId', a.customer_id, 'entitlementId', a.entitlement_id,
  'deviceId', a.device_id, 'dialect', a.dialect, 'deviceKey', a.device_key, 'state', a.state, 'leaseSequence', a.lease_sequence,
  'leaseStartsAt', a.lease_starts_at, 'leaseEndsAt', a.lease_ends_at, 'runsOutAt', a.runs_out_at, 'fingerprint', a.fingerprint, 'earlierFingerprints', a.earlier_fingerprints, 'activatedAt', a.activated_at, 'activatedById', a.activated_by,
  'releasedAt', a.released_at, 'releasedById', a.released_by, 'releaseKind', a.release_kind, 'releaseReason', a.release_reason, 'cameBackAt', a.came_back_at)`;

export const activationFromJson = z.object({
  id: z.string(),
  customerId: z.string(),
  entitlementId: z.string(),
  deviceId: z.string(),
  dialect: z.string(),
  deviceKey: z.string(),
  state: z.enum(ACTIVATION_STATES),
  leaseSequence: z.int(),
  leaseStartsAt: instantFromJson,
  leaseEndsAt: instantFromJson,
  runsOutAt: instantFromJson,
  fingerprint: fingerprintFromJson,
  /** Of answers made before, which may still run. */
  earlierFingerprints: z.array(z.object({ fingerprint: fingerprintFromJson, runsOutAt: instantFromJson })),
  activatedAt: instantFromJson,
  activatedById: z.string().nullable(),
  releasedAt: instantFromJson.nullable(),
  releasedById: z.string().nullable(),
  releaseKind: z.enum(['deactivated', 'released', 'revoked']).nullable(),
  releaseReason: z.string().nullable(),
  cameBackAt: instantFromJson.nullable(),
}) satisfies z.ZodType<Activation>;

export type ActivationRow = z.output<typeof activationFromJson>;
