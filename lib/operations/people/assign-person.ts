import { z } from 'zod';
import { writeAssignments } from '@/db/entitlements/manage-entitlements';
import { readPerson } from '@/db/people/read-people';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { personAudit } from './person-audit';

const ids = z.array(z.uuid()).max(200).default([]);

/**
 * Assigns entitlements of the customer to a person and unassigns others, in one statement. Entitlements in neither list stay unchanged.
 * `not-found` when an entitlement belongs to another customer; nothing is changed then.
 */
export const assignPerson = defineOperation({
  name: 'entitlement.assign-person',
  kind: 'command',
  permission: 'person:manage',
  input: z
    .strictObject({ personId: z.uuid(), assign: ids, unassign: ids })
    .refine(({ assign, unassign }) => !assign.some((id) => unassign.includes(id)), 'expected each entitlement once'),
  async run({ personId, assign, unassign }, context): Promise<Result<{ changed: number }>> {
    const changes = [
      ...[...new Set(assign)].map((entitlementId) => ({ entitlementId, userId: personId, assigned: true })),
      ...[...new Set(unassign)].map((entitlementId) => ({ entitlementId, userId: personId, assigned: false })),
    ];
    return write(context, personId, changes);
  },
});

async function write(
  context: ActingContext,
  personId: string,
  changes: readonly { entitlementId: string; userId: string; assigned: boolean }[],
): Promise<Result<{ changed: number }>> {
  const { db, actor, now } = context;
  const person = await readPerson(db, { scope: scopeOf(actor), personId, now });
  if (person === null) return refuse(reject('not-found'));
  if (person.removedAt !== null) return refuse(reject('person-removed'));
  if (changes.length === 0) return done({ changed: 0 });
  const { customerId } = person;
  const at = await instantOf(context);
  const audit = personAudit(context, { at, action: 'entitlement.assigned', customerId, detail: {} });
  const changed = await writeAssignments(db, { customerId, changes, at, audit });
  return changed === null ? refuse(reject('not-found')) : done({ changed });
}
