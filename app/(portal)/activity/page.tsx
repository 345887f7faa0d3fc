import { ScrollText } from '@lucide/icons';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DownloadLink } from '@/components/actions/download-link';
import { TextLink } from '@/components/actions/text-link';
import { EventList } from '@/components/audit/event-list';
import { EmptyState } from '@/components/feedback/empty-state';
import { PageHeader } from '@/components/layout/page-header';
import { oneOf } from '@/components/tables/list-address';
import { Pager } from '@/components/tables/pager';
import type { PersonalActor } from '@/lib/operations/actor';
import type { AuditListing } from '@/lib/operations/audit/list-audit';
import { listAudit } from '@/lib/operations/audit/list-audit';
import { perform } from '@/lib/operations/operation';
import { mayPerform } from '@/lib/operations/permission';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import type { ActivityFilter } from './activity-filter';
import { activityAddress, isFiltered, readActivityFilter, toFilter } from './activity-filter';
import { FilterForm } from './filter-form';
import { SealedExport } from './sealed-export';
import { toEvent } from './to-event';
import { UnsealedNote } from './unsealed-note';

export const metadata: Metadata = { title: 'Activity' };

const LEADS: Readonly<Record<PersonalActor['role'], string>> = {
  member: 'What you did, and what happened to the devices and entitlements that you use.',
  customer_admin: 'Everything that was done for you, and every attempt that was refused.',
  support: 'Everything that was done, and every attempt that was refused.',
};

/** Lists what was done and what was refused, newest first, in plain sentences. */
export default async function ActivityPage({ searchParams }: PageProps<'/activity'>) {
  const { actor } = await requireSignedIn('/activity');
  const query = await searchParams;
  const filter = readActivityFilter((name) => oneOf(query[name]));
  const fromEnd = oneOf(query.end) !== '';
  const page = { after: oneOf(query.after) || null, before: oneOf(query.before) || null, fromEnd };
  const result = resultForPage(await perform(listAudit, { ...toFilter(filter), ...page }, await requestContext()), '/activity');
  if (!result.ok) notFound();
  const { rows } = result.value;
  const seesAll = actor.role === 'support';
  const reader = { seesAll, seesPeople: mayPerform(actor.role, 'person:manage') };
  const csv = activityAddress(filter, { path: '/activity/csv' });
  return (
    <>
      <PageHeader
        title="Activity"
        lead={LEADS[actor.role]}
        actions={<DownloadLink href={csv} fileName="activity.csv" label="Export CSV" />}
      />
      {seesAll ? <UnsealedNote /> : null}
      <FilterForm filter={filter} seesOthers={actor.role !== 'member'} seesAll={seesAll} />
      {rows.length === 0 ? <Nothing filter={filter} /> : <EventList events={rows.map((row) => toEvent(row, reader))} />}
      <Pages filter={filter} listing={result.value} />
      {mayPerform(actor.role, 'audit:export') ? <SealedExport filter={filter} rows={rows} seesAll={seesAll} /> : null}
    </>
  );
}

function Nothing({ filter }: { readonly filter: ActivityFilter }) {
  if (!isFiltered(filter)) {
    return (
      <EmptyState icon={ScrollText} title="Nothing happened yet">
        Hand in the file of an offline machine on <TextLink href="/exchange">Exchange</TextLink>: whatever comes of it is written
        down here.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ScrollText} title="Nothing like this happened">
      Ask for less, or <TextLink href="/activity">show everything</TextLink>.
    </EmptyState>
  );
}

function Pages({ filter, listing }: { readonly filter: ActivityFilter; readonly listing: AuditListing }) {
  const { older, newer } = listing;
  const to = (name: 'after' | 'before', cursor: number | null) =>
    cursor === null ? undefined : activityAddress(filter, { [name]: String(cursor) });
  const oldest = activityAddress(filter, { end: 'oldest' });
  return (
    <Pager
      label="activity"
      words={{ newer: 'Newer', older: 'Older' }}
      newerHref={to('before', newer)}
      olderHref={to('after', older)}
      shown={
        older === null ? (
          <TextLink href={activityAddress(filter)}>To the newest</TextLink>
        ) : (
          <TextLink href={oldest}>To the oldest</TextLink>
        )
      }
    />
  );
}
