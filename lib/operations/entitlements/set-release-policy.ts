import { z } from 'zod';
import type { PolicyChange } from '@/db/entitlements/manage-entitlements';
import { writeReleasePolicy } from '@/db/entitlements/manage-entitlements';
import type { Json } from '@/lib/licensing/exchange/request';
import { RELEASE_RULES } from '@/lib/licensing/seats/release-policy';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { allowanceColumns, allowances, dialectNames, releaseLimit, releaseRoles } from '../operator-input';

const input = z
  .strictObject({
    entitlementId: z.uuid(),
    releaseRule: z.enum(RELEASE_RULES).optional(),
    releaseRoles: releaseRoles.optional(),
    releaseApproval: z.boolean().optional(),
    releaseIndependent: z.boolean().optional(),
    /** Null: any number. */
    releaseLimit: releaseLimit.nullable().optional(),
    reinstalls: allowances.reinstalls.optional(),
    returns: allowances.returns.optional(),
    dialects: dialectNames.optional(),
  })
  .refine((input) => Object.values(input).filter((value) => value !== undefined).length > 1, 'expected something to change');

/**
 * Changes the release policy of one entitlement, its allowances of reinstalls and returns, and the dialects it is open to. It overrides the
 * offering. Omitted members stay unchanged.
 */
export const setReleasePolicy = defineOperation({
  name: 'entitlement.set-release-policy',
  kind: 'command',
  permission: 'installation:manage',
  input,
  async run({ entitlementId, ...asked }, context) {
    const at = await instantOf(context);
    const audit = operatorAudit(context, { at, action: 'entitlement.policy-changed', entitlementId, detail: detailOf(asked) });
    const policy = await writeReleasePolicy(context.db, { entitlementId, change: changeOf(asked), audit });
    return policy === null ? refuse(unknownName('entitlement', entitlementId)) : done({ id: entitlementId, policy });
  },
});

type Asked = Omit<z.output<typeof input>, 'entitlementId'>;

function changeOf(asked: Asked): PolicyChange {
  const { releaseRule, releaseRoles: roles, releaseApproval, releaseIndependent, releaseLimit: limit } = asked;
  return {
    ...(releaseRule === undefined ? {} : { releaseRule }),
    ...(roles === undefined ? {} : { releaseRoles: roles }),
    ...(releaseApproval === undefined ? {} : { releaseApproval }),
    ...(releaseIndependent === undefined ? {} : { releaseIndependent }),
    ...(limit === undefined ? {} : { releaseLimit: limit?.releases ?? null, releaseLimitDays: limit?.days ?? null }),
    ...allowanceColumns(asked),
    ...(asked.dialects && { dialects: asked.dialects }),
  };
}

function detailOf({ releaseLimit: limit, reinstalls, returns, dialects, ...asked }: Asked): Json {
  return {
    releaseRule: asked.releaseRule ?? null,
    releaseRoles: asked.releaseRoles ?? null,
    releaseApproval: asked.releaseApproval ?? null,
    releaseIndependent: asked.releaseIndependent ?? null,
    releaseLimit: limit === undefined ? 'unchanged' : limit && { ...limit },
    ...(reinstalls && { reinstalls: { ...reinstalls } }),
    ...(returns && { returns: { ...returns } }),
    ...(dialects && { dialects }),
  };
}
