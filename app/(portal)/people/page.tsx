import { Users } from '@lucide/icons';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DownloadLink } from '@/components/actions/download-link';
import { TextLink } from '@/components/actions/text-link';
import { PersonBadge } from '@/components/badges/person-badge';
import { EmptyState } from '@/components/feedback/empty-state';
import { SearchField } from '@/components/forms/search-field';
import { PageHeader } from '@/components/layout/page-header';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { listAddress, oneOf } from '@/components/tables/list-address';
import { Pager } from '@/components/tables/pager';
import { Instant } from '@/components/time/instant';
import { perform } from '@/lib/operations/operation';
import { personStateOf } from '@/lib/operations/people/person-state';
import type { PersonListed } from '@/lib/operations/people/show-people';
import { listPeople } from '@/lib/operations/people/show-people';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { InviteForm } from './invite-form';
import { PeopleRefusal } from './people-refusal';
import { ROLES } from './role-words';

export const metadata: Metadata = { title: 'People' };

/** Lists the people who may sign in for the customer, and invites new ones. */
export default async function PeoplePage({ searchParams }: PageProps<'/people'>) {
  const { actor } = await requireSignedIn('/people');
  const query = await searchParams;
  const search = oneOf(query.q);
  const after = oneOf(query.after) || null;
  const result = resultForPage(await perform(listPeople, { search, after }, await requestContext()), '/people');
  if (!result.ok) notFound();
  const { rows, next } = result.value;
  const all = actor.role === 'support';
  return (
    <>
      <PageHeader
        title="People"
        lead={all ? 'Who may sign in for the customers.' : 'Who may sign in for you, and what they may use.'}
        actions={<DownloadLink href={listAddress('/people/export', { q: search })} fileName="people.csv" label="Export CSV" />}
      />
      <PeopleRefusal query={query} />
      <SearchField label={all ? 'Name, address or customer' : 'Name or address'} value={search} />
      {rows.length === 0 ? (
        <EmptyState icon={Users} title={search === '' ? 'Nobody yet' : `Nobody found for “${search}”`}>
          {search === '' ? 'Invite the first one below.' : 'Try a part of the name or of the address.'}
        </EmptyState>
      ) : (
        <DataTable caption="People" columns={columnsFor(all)} rows={rows} rowKey={(row) => row.id} />
      )}
      <Pager
        label="people"
        newerHref={after === null ? undefined : listAddress('/people', { q: search })}
        olderHref={next === null ? undefined : listAddress('/people', { q: search, after: next })}
      />
      <div className="mt-12">
        <InviteForm namesCustomer={all} />
      </div>
    </>
  );
}

function columnsFor(all: boolean): readonly Column<PersonListed>[] {
  const customer: Column<PersonListed> = { key: 'customer', header: 'Customer', cell: (row) => row.customerName };
  return [
    {
      key: 'name',
      header: 'Person',
      cell: ({ id, name, email }) => (
        <div className="min-w-0">
          <TextLink href={`/people/${id}`}>{name}</TextLink>
          <p className="mt-0.5 break-all font-normal text-ink-3 text-xs">{email}</p>
        </div>
      ),
    },
    ...(all ? [customer] : []),
    { key: 'role', header: 'Role', cell: ({ role }) => ROLES[role].word },
    { key: 'assigned', header: 'Entitlements', cell: ({ assigned }) => assigned },
    {
      key: 'seen',
      header: 'Last sign-in',
      cell: ({ lastSignInAt }) => (lastSignInAt === null ? 'Never' : <Instant at={lastSignInAt} precision="minute" />),
    },
    { key: 'state', header: 'State', cell: (row) => <PersonBadge state={personStateOf(row)} /> },
  ];
}
