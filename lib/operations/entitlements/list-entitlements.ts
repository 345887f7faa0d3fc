import { z } from 'zod';
import type { ListedEntitlement } from '@/db/entitlements/read-entitlements';
import { listEntitlements as readEntitlements } from '@/db/entitlements/read-entitlements';
import { PAGE_ROWS } from '@/db/seats/list-activations';
import { scopeOf } from '../actor';
import { cursorInput, pageOf, searchInput } from '../cursor';
import { defineOperation, done } from '../operation';

/** An entitlement as listed. */
export type EntitlementListed = ListedEntitlement;

/** Lists the entitlements that the actor may see, newest first, a page at a time. */
export const listEntitlements = defineOperation({
  name: 'entitlement.list',
  kind: 'query',
  permission: 'entitlement:read',
  input: z.object({ after: cursorInput.default(null), search: searchInput }),
  async run({ after, search }, context) {
    const rows = await readEntitlements(context.db, {
      scope: scopeOf(context.actor),
      page: { after: after && { createdAt: after.at, id: after.id }, search },
      now: context.now,
    });
    return done(pageOf(rows, PAGE_ROWS, (row) => ({ at: row.createdAt, id: row.entitlement.id })));
  },
});
