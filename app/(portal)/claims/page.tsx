import { MessageCircleQuestionMark } from '@lucide/icons';
import type { Metadata } from 'next';
import { TextLink } from '@/components/actions/text-link';
import { ClaimBadge } from '@/components/badges/claim-badge';
import { EmptyState } from '@/components/feedback/empty-state';
import { Note } from '@/components/feedback/note';
import { PageHeader } from '@/components/layout/page-header';
import { Section } from '@/components/layout/section';
import { REASON_WORDS } from '@/components/seats/describe-release';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { listAddress, oneOf } from '@/components/tables/list-address';
import { Pager } from '@/components/tables/pager';
import { Instant } from '@/components/time/instant';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { ClaimListed } from '@/lib/operations/claims/show-claims';
import { listClaims } from '@/lib/operations/claims/show-claims';
import type { Page } from '@/lib/operations/cursor';
import { perform } from '@/lib/operations/operation';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';

export const metadata: Metadata = { title: 'Claims' };

/** Lists claims: open ones, then closed ones with their outcome. */
export default async function ClaimsPage({ searchParams }: PageProps<'/claims'>) {
  const { actor } = await requireSignedIn('/claims');
  const query = await searchParams;
  const after = oneOf(query.after) || null;
  const openAfter = oneOf(query.waiting) || null;
  const result = resultForPage(await perform(listClaims, { after, openAfter }, await requestContext()), '/claims');
  if (!result.ok) return <Note tone="stopped">{explain(result.rejection).cause}</Note>;
  const { open, closed, now } = result.value;
  const seats = seatColumns(actor.role === 'support');
  return (
    <>
      <PageHeader
        title="Claims"
        lead={
          actor.role === 'member'
            ? 'Seats of lost devices that you asked to release.'
            : 'Seats of lost devices that somebody asked to release.'
        }
      />
      <OpenClaims open={open} now={now} first={openAfter === null} seats={seats} />
      {closed.rows.length === 0 && after === null ? null : (
        <Section id="closed" title="Closed">
          <DataTable
            caption="Closed claims"
            columns={[...seats, askedColumn(), ...CLOSED_COLUMNS]}
            rows={closed.rows}
            rowKey={({ claim }) => claim.id}
          />
          <Pager
            label="claims"
            newerHref={after === null ? undefined : '/claims'}
            olderHref={closed.next === null ? undefined : listAddress('/claims', { after: closed.next })}
          />
        </Section>
      )}
    </>
  );
}

interface OpenClaimsProps {
  readonly open: Page<ClaimListed>;
  readonly now: Date;
  readonly first: boolean;
  readonly seats: readonly Column<ClaimListed>[];
}

function OpenClaims({ open, now, first, seats }: OpenClaimsProps) {
  return (
    <Section id="open" title="Waiting for an answer">
      {open.rows.length === 0 ? (
        <EmptyState icon={MessageCircleQuestionMark} title="Nothing waits">
          When somebody asks for the release of a seat that needs approval, the claim appears here.
        </EmptyState>
      ) : (
        <DataTable
          caption="Claims that wait"
          columns={[...seats, askedColumn(now)]}
          rows={open.rows}
          rowKey={({ claim }) => claim.id}
        />
      )}
      <Pager
        label="claims that wait"
        newerHref={first ? undefined : '/claims'}
        olderHref={open.next === null ? undefined : listAddress('/claims', { waiting: open.next })}
      />
    </Section>
  );
}

function seatColumns(all: boolean): readonly Column<ClaimListed>[] {
  const customer: Column<ClaimListed> = { key: 'customer', header: 'Customer', cell: (row) => row.customerName };
  return [
    {
      key: 'seat',
      header: 'Device',
      cell: ({ claim, deviceName, productName }) => (
        <div>
          <TextLink href={`/claims/${claim.id}`}>{deviceName}</TextLink>
          <p className="mt-0.5 font-normal text-ink-3 text-xs">{productName}</p>
        </div>
      ),
    },
    ...(all ? [customer] : []),
    { key: 'why', header: 'What happened', cell: ({ claim }) => REASON_WORDS[claim.reason] },
  ];
}

function askedColumn(now?: Date): Column<ClaimListed> {
  return {
    key: 'asked',
    header: 'Asked',
    cell: ({ claim }) => (
      <div>
        {claim.claimantName}
        <p className="text-ink-3 text-xs">
          <Instant at={claim.openedAt} precision="minute" {...(now === undefined ? {} : { now })} />
        </p>
      </div>
    ),
  };
}

const CLOSED_COLUMNS: readonly Column<ClaimListed>[] = [
  {
    key: 'closed',
    header: 'Closed',
    cell: ({ claim }) => (
      <div>
        {claim.decidedByName ?? 'By itself'}
        <p className="text-ink-3 text-xs">
          {claim.decidedAt === null ? null : <Instant at={claim.decidedAt} precision="minute" />}
        </p>
      </div>
    ),
  },
  { key: 'state', header: 'State', cell: ({ claim }) => <ClaimBadge state={claim.state} /> },
];
