import { CalendarClock } from '@lucide/icons';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DownloadLink } from '@/components/actions/download-link';
import { EmptyState } from '@/components/feedback/empty-state';
import { Note } from '@/components/feedback/note';
import { PageHeader } from '@/components/layout/page-header';
import { DataTable } from '@/components/tables/data-table';
import { listAddress, oneOf } from '@/components/tables/list-address';
import { Pager } from '@/components/tables/pager';
import { Tabs } from '@/components/tables/tabs';
import { listLeases } from '@/lib/operations/leases/list-leases';
import { perform } from '@/lib/operations/operation';
import { mayPerform } from '@/lib/operations/permission';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { RefusedNote } from '../seats/refused-note';
import { CalendarSection } from './calendar-section';
import { columnsFor } from './columns';
import { ReminderSection } from './reminder-section';

export const metadata: Metadata = { title: 'Leases' };

/** Tabs of the list: value in the query, label, and text when empty. */
const PARTS = [
  ['running', 'Running', 'No lease is running'],
  ['7', 'Next 7 days', 'No lease ends in the next 7 days'],
  ['30', 'Next 30 days', 'No lease ends in the next 30 days'],
  ['90', 'Next 90 days', 'No lease ends in the next 90 days'],
  ['ended', 'Ended', 'No lease has ended'],
  ['all', 'All', 'No lease yet'],
] as const;

/** Lists leases by their end, soonest first, with the private calendar address. */
export default async function LeasesPage({ searchParams }: PageProps<'/leases'>) {
  const { actor, name } = await requireSignedIn('/leases');
  const query = await searchParams;
  const [within, label, nothing] = PARTS.find(([name]) => name === oneOf(query.within)) ?? PARTS[0];
  const part = within === 'running' ? '' : within;
  const after = oneOf(query.after) || null;
  const result = resultForPage(await perform(listLeases, { window: within, after }, await requestContext()), '/leases');
  if (!result.ok) notFound();
  const { rows, next, ended } = result.value;
  return (
    <>
      <PageHeader
        title="Leases"
        lead="Until when your devices may run, and a new file for each before that."
        actions={<DownloadLink href={listAddress('/leases/export', { within: part })} fileName="leases.csv" label="Export CSV" />}
      />
      <RefusedNote query={query} />
      {oneOf(query.calendar) === 'revoked' ? (
        <div className="mb-6">
          <Note tone="fine">The calendar address is revoked. Calendars that use it find nothing any more.</Note>
        </div>
      ) : null}
      <Tabs label="Leases by their end" tabs={tabsFor(within, ended)} />
      {rows.length === 0 ? (
        <EmptyState icon={CalendarClock} title={nothing}>
          {wordsForNone(within)}
        </EmptyState>
      ) : (
        <DataTable
          caption={label}
          columns={columnsFor({ all: actor.role === 'support', within })}
          rows={rows}
          rowKey={(row) => row.id}
        />
      )}
      <Pager
        label="leases"
        newerHref={after === null ? undefined : listAddress('/leases', { within: part })}
        olderHref={next === null ? undefined : listAddress('/leases', { within: part, after: next })}
      />
      {mayPerform(actor.role, 'own-reminder:choose') ? (
        <ReminderSection name={name} saved={oneOf(query.reminders) === 'saved'} />
      ) : null}
      {mayPerform(actor.role, 'own-calendar:manage') ? <CalendarSection name={name} /> : null}
    </>
  );
}

function tabsFor(within: string, ended: number | null) {
  return PARTS.map(([name, label]) => ({
    href: listAddress('/leases', { within: name === 'running' ? '' : name }),
    label,
    current: name === within,
    ...(name === 'ended' && ended !== null && ended > 0 ? { count: ended } : {}),
  }));
}

function wordsForNone(within: (typeof PARTS)[number][0]): string {
  if (within === 'ended') return 'Devices whose lease ends before they get a new file are listed here.';
  if (within === 'all' || within === 'running') return 'A device appears here with its first answered request.';
  return 'Nothing needs to be done. Look at all running leases for what comes later.';
}
