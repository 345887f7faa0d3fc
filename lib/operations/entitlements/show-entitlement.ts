import { z } from 'zod';
import { readEntitlement } from '@/db/entitlements/read-entitlements';
import { listExchanges } from '@/db/exchange/read-exchange';
import { listActivations, PAGE_ROWS } from '@/db/seats/list-activations';
import type { FreedMachine } from '@/db/seats/list-freed';
import { readFreed } from '@/db/seats/list-freed';
import { reject } from '@/lib/licensing/refusals/rejection';
import { reinstallsLeft, returnsLeft } from '@/lib/licensing/seats/allowance';
import { scopeOf } from '../actor';
import { cursorInput, pageOf } from '../cursor';
import { defineOperation, done, refuse } from '../operation';

/** Machines that may still run on an entitlement without a seat. */
export type EntitlementMachines = readonly FreedMachine[];

/**
 * Shows one entitlement: its terms and seats, the machines that may still run without a seat, what is left of its allowances, its activations
 * and its newest files.
 */
export const showEntitlement = defineOperation({
  name: 'entitlement.show',
  kind: 'query',
  permission: 'entitlement:read',
  input: z.object({ entitlementId: z.uuid(), after: cursorInput.default(null), endedToo: z.boolean().default(false) }),
  async run({ entitlementId, after, endedToo }, context) {
    const scope = scopeOf(context.actor);
    const [listed, activations, exchanges] = await Promise.all([
      readEntitlement(context.db, { scope, entitlementId, now: context.now }),
      listActivations(context.db, { scope, entitlementId, after: after && { activatedAt: after.at, id: after.id }, endedToo }),
      listExchanges(context.db, { scope, filter: { entitlementId }, limit: PAGE_ROWS }),
    ]);
    if (listed === null) return refuse(reject('not-found'));
    const { entitlement, now } = listed;
    const { machines, returnedAts } = await readFreed(context.db, { scope, entitlementId, now });
    return done({
      ...listed,
      machines,
      reinstalls: reinstallsLeft(entitlement, entitlement.freed, now),
      returns: returnsLeft(entitlement, returnedAts, now),
      activations: pageOf(activations, PAGE_ROWS, (row) => ({ at: row.activatedAt, id: row.id })),
      exchanges,
    });
  },
});
