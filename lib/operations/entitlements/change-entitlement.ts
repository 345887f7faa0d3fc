import { z } from 'zod';
import { writeAssignments, writeDisabled } from '@/db/entitlements/manage-entitlements';
import { readCustomersOf } from '@/db/entitlements/write-codes';
import { reject } from '@/lib/licensing/refusals/rejection';
import { instantOf, operatorAudit, unknownName } from '../audit/operator-audit';
import type { ActingContext } from '../context';
import { defineOperation, done, refuse } from '../operation';
import { email, line } from '../operator-input';
import { findPersonIds } from '../people/find-person-ids';

const which = z.strictObject({
  entitlementId: z.uuid(),
  /** For the audit of the customer. The command line may leave it out. */
  reason: line(200).nullable().default(null),
});

/** Disables an entitlement: from now on nothing is issued on it. Devices with a lease run until the lease ends. */
export const disableEntitlement = defineOperation({
  name: 'entitlement.disable',
  kind: 'command',
  permission: 'entitlement:disable',
  input: which,
  run: (input, context) => setDisabled(context, { ...input, disabled: true }),
});

/** Enables a disabled entitlement. */
export const enableEntitlement = defineOperation({
  name: 'entitlement.enable',
  kind: 'command',
  permission: 'entitlement:disable',
  input: which,
  run: (input, context) => setDisabled(context, { ...input, disabled: false }),
});

async function setDisabled(
  context: ActingContext,
  { entitlementId, reason, disabled }: { entitlementId: string; reason: string | null; disabled: boolean },
) {
  if (reason === null && context.actor.role !== 'operator') {
    return refuse(reject('input-refused', { problem: 'reason: expected a reason' }));
  }
  const at = await instantOf(context);
  const action = disabled ? 'entitlement.disabled' : 'entitlement.enabled';
  const outcome = await writeDisabled(context.db, {
    entitlementId,
    disabledAt: disabled ? at : null,
    audit: operatorAudit(context, { at, action, entitlementId, ...(reason === null ? {} : { detail: { reason } }) }),
  });
  if (outcome === 'unknown') return refuse(unknownName('entitlement', entitlementId));
  return done({ id: entitlementId, disabled, changed: outcome === 'changed' });
}

/** Assigns an entitlement to members of its customer, or unassigns it. */
export const assignEntitlement = defineOperation({
  name: 'entitlement.assign',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    entitlementId: z.uuid(),
    emails: z.array(email).min(1, 'expected an e-mail address').max(200),
    remove: z.boolean().default(false),
  }),
  async run({ entitlementId, emails, remove }, context) {
    const { db } = context;
    const customerId = (await readCustomersOf(db, [entitlementId])).get(entitlementId);
    if (customerId === undefined) return refuse(unknownName('entitlement', entitlementId));
    const people = await findPersonIds(db, { customer: { id: customerId }, emails });
    if (!people.ok) return people;

    const at = await instantOf(context);
    const audit = operatorAudit(context, { at, action: 'entitlement.assigned', customerId });
    const changes = people.value.map((userId) => ({ entitlementId, userId, assigned: !remove }));
    const changed = await writeAssignments(db, { customerId, changes, at, audit });
    return changed === null ? refuse(reject('person-removed')) : done({ id: entitlementId, changed });
  },
});
