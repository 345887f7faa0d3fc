import { KeyRound } from '@lucide/icons';
import type { Metadata } from 'next';
import { DownloadLink } from '@/components/actions/download-link';
import { TextLink } from '@/components/actions/text-link';
import { EntitlementBadge } from '@/components/badges/entitlement-badge';
import { EmptyState } from '@/components/feedback/empty-state';
import { Note } from '@/components/feedback/note';
import { SearchField } from '@/components/forms/search-field';
import { PageHeader } from '@/components/layout/page-header';
import { seatCountOf, titleOfEntitlement } from '@/components/seats/count-seats';
import { SeatMeter } from '@/components/seats/seat-meter';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { listAddress, oneOf } from '@/components/tables/list-address';
import { Pager } from '@/components/tables/pager';
import { describeSpan } from '@/components/time/describe-span';
import { Instant } from '@/components/time/instant';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { explain } from '@/lib/licensing/refusals/rejection';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import type { EntitlementListed } from '@/lib/operations/entitlements/list-entitlements';
import { listEntitlements } from '@/lib/operations/entitlements/list-entitlements';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';

export const metadata: Metadata = { title: 'Entitlements' };

/** Lists the entitlements, one row each. */
export default async function EntitlementsPage({ searchParams }: PageProps<'/entitlements'>) {
  const signedIn = await requireSignedIn('/entitlements');
  const query = await searchParams;
  const search = oneOf(query.q);
  const after = oneOf(query.after) || null;
  const result = resultForPage(await perform(listEntitlements, { search, after }, await requestContext()), '/entitlements');
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;
  const { rows, next } = result.value;
  const all = signedIn.actor.role === 'support';
  return (
    <>
      <PageHeader
        title="Entitlements"
        lead="What you may use, and how many seats of it are in use."
        actions={
          <DownloadLink
            href={listAddress('/entitlements/export', { q: search })}
            fileName="entitlements.csv"
            label="Export CSV"
          />
        }
      />
      <SearchField label="Product, edition or order" value={search} />
      {rows.length === 0 ? (
        <NothingFound search={search} />
      ) : (
        <DataTable caption="Entitlements" columns={columnsFor(all)} rows={rows} rowKey={(row) => row.entitlement.id} />
      )}
      <Pager
        label="entitlements"
        newerHref={after === null ? undefined : listAddress('/entitlements', { q: search })}
        olderHref={next === null ? undefined : listAddress('/entitlements', { q: search, after: next })}
      />
    </>
  );
}

function Seats({ row: { entitlement, releasing, now } }: { readonly row: EntitlementListed }) {
  const { seatsHeld, freed } = entitlement;
  return <SeatMeter count={seatCountOf({ ...entitlement, releasing })} running={possiblyRunning(seatsHeld, freed, now)} />;
}

function NothingFound({ search }: { readonly search: string }) {
  if (search !== '') {
    return (
      <EmptyState icon={KeyRound} title={`Nothing found for “${search}”`}>
        Try a part of the product’s name or of the order number.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={KeyRound} title="No entitlement yet">
      When your administrator assigns one to you, it appears here with its seats.
    </EmptyState>
  );
}

function columnsFor(all: boolean): readonly Column<EntitlementListed>[] {
  const customer: Column<EntitlementListed> = {
    key: 'customer',
    header: 'Customer',
    cell: (row) => row.entitlement.customerName,
  };
  return [
    {
      key: 'name',
      header: 'Product',
      cell: ({ entitlement }) => (
        <div>
          <TextLink href={`/entitlements/${entitlement.id}`}>{titleOfEntitlement(entitlement)}</TextLink>
          {entitlement.orderReference === '' ? null : (
            <p className="mt-0.5 font-mono text-ink-3 text-xs">{entitlement.orderReference}</p>
          )}
        </div>
      ),
    },
    ...(all ? [customer] : []),
    {
      key: 'seats',
      header: 'Seats',
      cell: (row) => <Seats row={row} />,
    },
    {
      key: 'lease',
      header: 'Next lease end',
      cell: ({ nextLeaseEndsAt, now }) =>
        nextLeaseEndsAt === null ? '–' : <Instant at={nextLeaseEndsAt} now={now} layout="two-lines" />,
    },
    {
      key: 'term',
      header: 'Term until',
      cell: ({ entitlement }) => (entitlement.termEndsAt === null ? 'No end' : <Instant at={entitlement.termEndsAt} />),
    },
    {
      key: 'period',
      header: 'Lease',
      cell: ({ entitlement }) => <span className="whitespace-nowrap">{describeSpan(entitlement.offlineLeasePeriod)}</span>,
    },
    {
      key: 'state',
      header: 'State',
      cell: ({ entitlement, now }) => <EntitlementBadge state={entitlementStateAt(entitlement, now)} />,
    },
  ];
}
