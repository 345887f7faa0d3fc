import { z } from 'zod';
import type { PolicyChange } from '@/db/manage-entitlements';
import { writeReleasePolicy } from '@/db/manage-entitlements';
import { RELEASE_RULES } from '@/lib/licensing/release-policy';
import { defineOperation, done, refuse } from './operation';
import { instantOf, operatorAudit, unknownName } from './operator-audit';
import { allowanceColumns, allowances, dialectNames, releaseLimit, releaseRoles } from './operator-input';

/** Changes what one entitlement allows of its seats, with a device's proof or without, and of the files that are answered on it, whatever its offering says. What is left out stays as it is. */
export const setReleasePolicy = defineOperation({
  name: 'entitlement.set-release-policy',
  kind: 'command',
  permission: 'installation:manage',
  input: z
    .strictObject({
      entitlementId: z.uuid(),
      releaseRule: z.enum(RELEASE_RULES).optional(),
      releaseRoles: releaseRoles.optional(),
      releaseApproval: z.boolean().optional(),
      /** Null: any number. */
      releaseLimit: releaseLimit.nullable().optional(),
      reinstalls: allowances.reinstalls.optional(),
      returns: allowances.returns.optional(),
      dialects: dialectNames.optional(),
    })
    .refine((input) => Object.values(input).filter((value) => value !== undefined).length > 1, 'expected something to change'),
  async run(input, context) {
    const { entitlementId, releaseRule, releaseRoles: roles, releaseApproval: approval, releaseLimit: limit } = input;
    const { reinstalls, returns, dialects } = input;
    const change: PolicyChange = {
      ...(releaseRule === undefined ? {} : { releaseRule }),
      ...(roles === undefined ? {} : { releaseRoles: roles }),
      ...(approval === undefined ? {} : { releaseApproval: approval }),
      ...(limit === undefined ? {} : { releaseLimit: limit?.releases ?? null, releaseLimitDays: limit?.days ?? null }),
      ...allowanceColumns({ reinstalls, returns }),
      ...(dialects && { dialects }),
    };
    const at = await instantOf(context);
    const detail = {
      releaseRule: releaseRule ?? null,
      releaseRoles: roles ?? null,
      releaseApproval: approval ?? null,
      releaseLimit: limit === undefined ? 'unchanged' : limit && { ...limit },
      ...(reinstalls && { reinstalls: { ...reinstalls } }),
      ...(returns && { returns: { ...returns } }),
      ...(dialects && { dialects }),
    };
    const audit = operatorAudit(context, { at, action: 'entitlement.policy-changed', entitlementId, detail });
    const policy = await writeReleasePolicy(context.db, { entitlementId, change, audit });
    return policy === null ? refuse(unknownName('entitlement', entitlementId)) : done({ id: entitlementId, policy });
  },
});
