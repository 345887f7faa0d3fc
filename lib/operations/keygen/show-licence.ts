import { z } from 'zod';
import { readLicence } from '@/db/keygen/keygen-keys';
import { LICENCE_INCLUDES, MACHINE_INCLUDES, SAFEST_INCLUDES } from '@/lib/dialects/keygen/licence-details';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import { defineOperation, done, refuse } from '../operation';
import { policyOf } from './keygen-policy';
import { schemeOf } from './licence-facts';

/**
 * Shows an entitlement as a licence of software built for Keygen: its key, to be typed on a machine, or null when it has none; its policy; and
 * what its files can include.
 */
export const showLicence = defineOperation({
  name: 'keygen.show-licence',
  kind: 'query',
  permission: 'entitlement:read',
  input: z.object({ entitlementId: z.uuid() }),
  async run({ entitlementId }, context) {
    const licence = await readLicence(context.db, { scope: scopeOf(context.actor), entitlementId, now: context.now });
    if (licence === null) return refuse(reject('not-found'));
    const { entitlement, state } = licence;
    const { vault } = await context.keyring.current();
    const key = state.key && {
      text: await vault.decrypt(state.key.keySealed),
      scheme: schemeOf(state),
      withdrawnAt: state.key.withdrawnAt,
    };
    const includes = { licenceIncludes: LICENCE_INCLUDES, machineIncludes: MACHINE_INCLUDES, always: SAFEST_INCLUDES };
    return done({ entitlement, key, policy: policyOf(state), ...includes });
  },
});
