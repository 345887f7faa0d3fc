import type { LeaseListed } from '@/lib/operations/leases/list-leases';
import { listLeases } from '@/lib/operations/leases/list-leases';
import { perform } from '@/lib/operations/operation';
import { currentContextReader } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';
import { respondCsv } from '@/lib/web/responses/respond-csv';

const COLUMNS = {
  Device: (row: LeaseListed) => row.deviceName,
  'Host name': (row: LeaseListed) => row.hostname,
  Customer: (row: LeaseListed) => row.customerName,
  Product: (row: LeaseListed) => row.productName,
  Edition: (row: LeaseListed) => row.edition,
  'Lease from': (row: LeaseListed) => row.leaseStartsAt,
  'Lease until': (row: LeaseListed) => row.leaseEndsAt,
  'Grace until': (row: LeaseListed) => row.graceEndsAt,
  'Refresh file': (row: LeaseListed) => row.refusal?.code ?? 'yes',
  'Activation id': (row: LeaseListed) => row.id,
};

/** Exports the leases as CSV, with the filter of the page. */
export const GET = answerRoute(async (request) => {
  const window = new URL(request.url).searchParams.get('within') ?? undefined;
  return respondCsv({
    ...{ name: 'leases', page: '/leases', columns: COLUMNS, contextNow: await currentContextReader() },
    readPage: (after, context) => perform(listLeases, { window, after }, context),
  });
});
