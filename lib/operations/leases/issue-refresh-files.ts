import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import type { OperationContext } from '../context';
import { downloadReply } from '../exchange/show-exchange';
import type { Result } from '../operation';
import { done, perform, refuse } from '../operation';
import type { Seats } from '../seats/list-seats';
import { listSeats } from '../seats/list-seats';
import { issueRefresh } from './issue-refresh';

/** What one device got: its refresh file, or why it got none. */
export type RefreshOutcome =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'refused'; readonly deviceName: string; readonly rejection: Rejection };

interface RefreshFiles {
  readonly entitlementId: string;
  /** Who asks, as they are at this moment; asked again for each page of devices, so that whoever is removed meanwhile gets no more. */
  readonly contextNow: () => Promise<OperationContext>;
}

/**
 * Makes a refresh file for every device with a running lease on an entitlement, one after the other, each by `refresh.issue`, and only when it
 * is asked for the next: whoever stops asking stops the work. A device whose lease ended is left out, because its refresh would take a seat.
 *
 * @returns `no-seat-held` when there is no such device; the refusals of `seat.list`
 */
export async function issueRefreshFiles(input: RefreshFiles): Promise<Result<AsyncGenerator<RefreshOutcome, void>>> {
  const first = await readSeats(input, null);
  if (!first.ok) return first;
  return first.value.active === 0 ? refuse(reject('no-seat-held')) : done(issueAll(input, first.value));
}

async function readSeats({ entitlementId, contextNow }: RefreshFiles, after: string | null): Promise<Result<Seats>> {
  return perform(listSeats, { entitlementId, after }, await contextNow());
}

async function* issueAll(input: RefreshFiles, first: Seats): AsyncGenerator<RefreshOutcome, void> {
  let page = first;
  while (true) {
    const context = await input.contextNow();
    for (const seat of page.rows) {
      if (activationStateAt(seat, page.now) === 'active') yield await issueOne(context, seat);
    }
    if (page.next === null) return;
    const read = await readSeats(input, page.next);
    if (!read.ok) throw new Error(`expected the next seats of ${input.entitlementId}, found ${read.rejection.code}`);
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
