import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReleasePolicy } from '@/lib/licensing/seats/release-policy';
import { RELEASE_RULES, RELEASING_ROLES } from '@/lib/licensing/seats/release-policy';

/** JSON of the release policy of an entitlement `e`, as {@link releasePolicyFromJson} reads it. */
export const releasePolicyJson = sql`jsonb_build_object('allowedBy', e.release_roles, 'needsApproval', e.release_approval, 'needsIndependence', e.release_independent, 'frees', e.release_rule,
  'limit', case when e.release_limit is null then null else jsonb_build_object('releases', e.release_limit, 'days', e.release_limit_days) end)`;

export const releasePolicyFromJson = z.object({
  allowedBy: z.array(z.enum(RELEASING_ROLES)),
  needsApproval: z.boolean(),
  needsIndependence: z.boolean(),
  frees: z.enum(RELEASE_RULES),
  limit: z.object({ releases: z.int(), days: z.int() }).nullable(),
}) satisfies z.ZodType<ReleasePolicy>;

/** SQL that is true when the activation `a` cannot go on, because its device or its key has another one that does. */
export const isSuperseded = sql`exists (select from activations s where s.id <> a.id and s.state in ('active', 'lease_expired', 'releasing')
  and ((s.entitlement_id = a.entitlement_id and s.device_id = a.device_id) or (s.dialect = a.dialect and s.device_key = a.device_key)))`;
