import { z } from 'zod';
import { readEntitlement } from '@/db/entitlements/read-entitlements';
import type { HolderRow } from '@/db/seats/list-activations';
import { listActivations, PAGE_ROWS } from '@/db/seats/list-activations';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import type { Page } from '../cursor';
import { cursorInput, pageOf } from '../cursor';
import { defineOperation, done, refuse } from '../operation';

/** An activation with the names of its device, product and people. */
export type ActivationShown = HolderRow;

/** A seat of an entitlement, as listed. */
export interface SeatListed extends ActivationShown {
  readonly now: Date;
}

/** A page of an entitlement's seats. */
export interface Seats extends Page<SeatListed> {
  readonly now: Date;
  /** Devices with a running lease, on all pages. */
  readonly active: number;
}

/** Lists the seats of an entitlement, newest first, a page at a time. `endedToo` adds seats that were given up. */
export const listSeats = defineOperation({
  name: 'seat.list',
  kind: 'query',
  permission: 'entitlement:read',
  input: z.object({ entitlementId: z.uuid(), after: cursorInput.default(null), endedToo: z.boolean().default(false) }),
  async run({ entitlementId, after, endedToo }, { db, actor, now: at }) {
    const scope = scopeOf(actor);
    const [listed, activations] = await Promise.all([
      readEntitlement(db, { scope, entitlementId, now: at }),
      listActivations(db, { scope, entitlementId, after: after && { activatedAt: after.at, id: after.id }, endedToo }),
    ]);
    if (listed === null) return refuse(reject('not-found'));
    const { now, entitlement, releasing } = listed;
    const { rows, next } = pageOf(activations, PAGE_ROWS, (row) => ({ at: row.activatedAt, id: row.id }));
    return done<Seats>({ rows: rows.map((row) => ({ ...row, now })), next, now, active: entitlement.seatsHeld - releasing });
  },
});
