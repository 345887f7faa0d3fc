import { z } from 'zod';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import type { OperationContext } from '../context';
import { downloadReply } from '../exchange/show-exchange';
import type { Result } from '../operation';
import { defineOperation, done, perform, refuse } from '../operation';
import type { Seats } from '../seats/list-seats';
import { listSeats } from '../seats/list-seats';
import { issueRefresh } from './issue-refresh';

/** The refresh file of one device, or why there is none. */
export type RefreshOutcome =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'refused'; readonly deviceName: string; readonly rejection: Rejection };

/**
 * Makes a refresh file for every device with a running lease on an entitlement. Each is made by `refresh.issue` when the caller asks for the
 * next, so the work stops with the caller. The context is read anew for each page of devices, so that a person who was removed meanwhile gets
 * no more. Skips devices whose lease ended, because their refresh would take a seat.
 *
 * `no-seat-held` when there is no such device; the refusals of `seat.list`.
 */
export const issueRefreshFiles = defineOperation({
  name: 'refresh.issue-all',
  // Listing seats changes nothing. Each file is a command of its own, `refresh.issue`, with its own count and audit.
  kind: 'query',
  permission: 'refresh:issue',
  input: z.object({ entitlementId: z.uuid() }),
  async run({ entitlementId }, context): Promise<Result<AsyncGenerator<RefreshOutcome, void>>> {
    const first = await perform(listSeats, { entitlementId, after: null }, context);
    if (!first.ok) return first;
    if (first.value.active === 0) return refuse(reject('no-seat-held'));
    return done(issueAll(context.contextNow ?? (async () => context), { entitlementId, first: first.value }));
  },
});

async function* issueAll(
  contextNow: () => Promise<OperationContext>,
  { entitlementId, first }: { readonly entitlementId: string; readonly first: Seats },
): AsyncGenerator<RefreshOutcome, void> {
  let page = first;
  while (true) {
    const context = await contextNow();
    for (const seat of page.rows) {
      if (activationStateAt(seat, page.now) === 'active') yield await issueOne(context, seat);
    }
    if (page.next === null) return;
    const read = await perform(listSeats, { entitlementId, after: page.next }, await contextNow());
    if (!read.ok) throw new Error(`expected the next seats of ${entitlementId}, found ${read.rejection.code}`);
    page = read.value;
  }
}

async function issueOne(context: OperationContext, seat: { id: string; deviceName: string }): Promise<RefreshOutcome> {
  const issued = await perform(issueRefresh, { activationId: seat.id }, context);
  if (!issued.ok) return { kind: 'refused', deviceName: seat.deviceName, rejection: issued.rejection };
  const reply = await perform(downloadReply, { exchangeId: issued.value.exchangeId }, context);
  if (!reply.ok) return { kind: 'refused', deviceName: seat.deviceName, rejection: reply.rejection };
  return { kind: 'file', ...reply.value };
}
