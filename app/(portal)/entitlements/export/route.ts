import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import type { EntitlementListed } from '@/lib/operations/entitlements/list-entitlements';
import { listEntitlements } from '@/lib/operations/entitlements/list-entitlements';
import { perform } from '@/lib/operations/operation';
import { currentContextReader } from '@/lib/web/request-context';
import { answerRoute } from '@/lib/web/responses/respond';
import { respondCsv } from '@/lib/web/responses/respond-csv';

const COLUMNS = {
  Product: ({ entitlement }: EntitlementListed) => entitlement.productName,
  Edition: ({ entitlement }: EntitlementListed) => entitlement.edition,
  Customer: ({ entitlement }: EntitlementListed) => entitlement.customerName,
  'Order reference': ({ entitlement }: EntitlementListed) => entitlement.orderReference,
  State: ({ entitlement, now }: EntitlementListed) => entitlementStateAt(entitlement, now),
  Seats: ({ entitlement }: EntitlementListed) => entitlement.seats,
  'Seats in use': ({ entitlement }: EntitlementListed) => entitlement.seatsHeld,
  'May run': ({ entitlement, now }: EntitlementListed) => possiblyRunning(entitlement.seatsHeld, entitlement.freed, now),
  From: ({ entitlement }: EntitlementListed) => entitlement.startsAt,
  Until: ({ entitlement }: EntitlementListed) => entitlement.termEndsAt,
  'Next lease ends': (row: EntitlementListed) => row.nextLeaseEndsAt,
  'Entitlement id': ({ entitlement }: EntitlementListed) => entitlement.id,
};

/** Exports the entitlements as CSV, with the filter of the page. */
export const GET = answerRoute(async (request) => {
  const search = new URL(request.url).searchParams.get('q') ?? '';
  return respondCsv({
    ...{ name: 'entitlements', page: '/entitlements', columns: COLUMNS, contextNow: await currentContextReader() },
    readPage: (after, context) => perform(listEntitlements, { search, after }, context),
  });
});
