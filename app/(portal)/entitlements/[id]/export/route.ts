import { activationStateAt } from '@/lib/licensing/seats/activation';
import { perform } from '@/lib/operations/operation';
import type { SeatListed } from '@/lib/operations/seats/list-seats';
import { listSeats } from '@/lib/operations/seats/list-seats';
import { currentContextReader } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';
import { respondCsv } from '@/lib/web/responses/respond-csv';

const COLUMNS = {
  Device: (row: SeatListed) => row.deviceName,
  System: (row: SeatListed) => row.platform,
  Product: (row: SeatListed) => row.productName,
  State: (row: SeatListed) => activationStateAt(row, row.now),
  'Activated by': (row: SeatListed) => row.activatedByName,
  Activated: (row: SeatListed) => row.activatedAt,
  'Lease from': (row: SeatListed) => row.leaseStartsAt,
  'Lease until': (row: SeatListed) => row.leaseEndsAt,
  'Last exchange': (row: SeatListed) => row.lastExchangeAt,
  Released: (row: SeatListed) => row.releasedAt,
  'Release reason': (row: SeatListed) => row.releaseReason,
  'Activation id': (row: SeatListed) => row.id,
};

/** Exports the seats of an entitlement as CSV, with the filter of the page. */
export const GET = answerRoute(async (request, { params }: RouteContext<'/entitlements/[id]/export'>) => {
  const { id } = await params;
  const endedToo = new URL(request.url).searchParams.get('ended') === 'yes';
  return respondCsv({
    ...{
      name: 'seats',
      page: `/entitlements/${encodeURIComponent(id)}`,
      columns: COLUMNS,
      contextNow: await currentContextReader(),
    },
    readPage: (after, context) => perform(listSeats, { entitlementId: id, after, endedToo }, context),
  });
});
