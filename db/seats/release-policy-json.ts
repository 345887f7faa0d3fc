import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { ReleasePolicy } from '@/lib/licensing/seats/release-policy';
import { rowJson, rowSchema } from '../row';
import { entitlements } from '../schema/entitlements';

/** The columns of a release policy. */
export const POLICY_COLUMNS = {
  releaseRule: true,
  releaseRoles: true,
  releaseApproval: true,
  releaseIndependent: true,
  releaseLimit: true,
  releaseLimitDays: true,
} as const;

const columns = rowSchema(entitlements).pick(POLICY_COLUMNS);

/** JSON of the release policy of an entitlement `e`, as {@link releasePolicyFromJson} reads it. */
export const releasePolicyJson = rowJson(entitlements, 'e', columns);

export const releasePolicyFromJson = columns.transform(({ releaseLimit: releases, releaseLimitDays: days, ...row }) => ({
  allowedBy: row.releaseRoles,
  needsApproval: row.releaseApproval,
  needsIndependence: row.releaseIndependent,
  frees: row.releaseRule,
  limit: releases === null || days === null ? null : { releases, days },
})) satisfies z.ZodType<ReleasePolicy>;

/** Condition that the activation `a` cannot continue, because its device or key has another live one. */
export const isSuperseded = sql`exists (select from activations s where s.id <> a.id and s.state in ('active', 'lease_expired', 'releasing')
  and ((s.entitlement_id = a.entitlement_id and s.device_id = a.device_id) or (s.dialect = a.dialect and s.device_key = a.device_key)))`;
