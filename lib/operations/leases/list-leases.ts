import { z } from 'zod';
import type { LeaseRow, LeasesFound } from '@/db/leases/read-leases';
import { LEASE_WINDOWS, MOST_COUNTED, listLeases as readLeases } from '@/db/leases/read-leases';
import { PAGE_ROWS } from '@/db/seats/list-activations';
import { decideRefresh } from '@/lib/licensing/leases/decide-refresh';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import type { Page } from '../cursor';
import { cursorInput, pageOf } from '../cursor';
import { defineOperation, done } from '../operation';

export interface LeaseListed extends LeaseRow {
  readonly productName: string;
  readonly edition: string;
  readonly customerName: string;
  readonly now: Date;
  /** Why the device would get no refresh file now; null when it would get one. */
  readonly refusal: Rejection | null;
}

/** A page of leases. */
export interface Leases extends Page<LeaseListed> {
  /** The number of leases that ended while their seat goes on; null when there are 100 or more. */
  readonly ended: number | null;
}

/** Lists the leases of live activations within the scope, soonest end first, a page at a time. */
export const listLeases = defineOperation({
  name: 'lease.list',
  kind: 'query',
  permission: 'device:read',
  input: z.object({ after: cursorInput.default(null), window: z.enum(LEASE_WINDOWS).catch('running').default('running') }),
  async run({ after, window }, { db, actor, now }) {
    const page = { window, after: after && { leaseEndsAt: after.at, id: after.id } };
    const found = await readLeases(db, { scope: scopeOf(actor), page, now });
    const { rows, next } = pageOf(found.leases, PAGE_ROWS, (row) => ({ at: row.leaseEndsAt, id: row.id }));
    const ended = found.ended < MOST_COUNTED ? found.ended : null;
    return done<Leases>({ rows: rows.map((row) => withRefusal(row, found)), next, ended });
  },
});

function withRefusal(row: LeaseRow, { now, entitlements }: LeasesFound): LeaseListed {
  const entitlement = entitlements.find(({ id }) => id === row.entitlementId);
  if (entitlement === undefined) throw new Error(`expected the entitlement of activation ${row.id}, found none`);
  const { productName, edition, customerName, seatsHeld, freed, usage } = entitlement;
  const decision = decideRefresh({ activation: row, entitlement, seatsHeld, freed, usage, now });
  const refusal = decision.outcome === 'reject' ? decision.rejection : null;
  return { ...row, productName, edition, customerName, now, refusal };
}
