import type { Metadata } from 'next';
import { Button } from '@/components/actions/button';
import { Note } from '@/components/feedback/note';
import { PrivateNote } from '@/components/feedback/private-note';
import { PageHeader } from '@/components/layout/page-header';
import type { Column } from '@/components/tables/data-table';
import { DataTable } from '@/components/tables/data-table';
import { Instant } from '@/components/time/instant';
import { perform } from '@/lib/operations/operation';
import type { OwnSession } from '@/lib/operations/sign-in/session-list';
import { sessionList } from '@/lib/operations/sign-in/session-list';
import { showSecondFactor } from '@/lib/operations/sign-in/set-up-second-factor';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { describeBrowser } from '@/lib/web/sign-in/describe-browser';
import { RefusedNote } from '../seats/refused-note';
import { SecondFactorCard } from './second-factor-card';

export const metadata: Metadata = { title: 'Where you are signed in' };

/** Lists the reader's sessions, and ends them. */
export default async function SessionsPage({ searchParams }: PageProps<'/sessions'>) {
  const { sessionId, name } = await requireSignedIn('/sessions');
  const query = await searchParams;
  const { ended, 'second-factor': factor } = query;
  const context = await requestContext();
  const shown = resultForPage(await perform(showSecondFactor, {}, context), '/sessions');
  const result = resultForPage(await perform(sessionList, { current: sessionId }, context), '/sessions');
  if (!result.ok) {
    return (
      <>
        <PageHeader title="Where you are signed in" />
        <PrivateNote rejection={result.rejection} name={name} />
      </>
    );
  }
  const others = result.value.filter((session) => !session.current).length;
  return (
    <>
      <PageHeader
        title="Where you are signed in"
        lead="Sign out what you do not know. It takes effect at once."
        {...(others === 0 ? {} : { actions: <EndForm name="others" value="yes" act="Sign out all others" /> })}
      />
      <RefusedNote query={query} words={OWN_WORDS} />
      <div className="grid gap-6">
        {factor === 'off' ? <Note tone="fine">The second factor is off.</Note> : null}
        {factor === 'kept' ? <Note tone="fine">Good. Keep the recovery codes apart from your phone.</Note> : null}
        {ended === 'yes' ? <Note tone="fine">Signed out.</Note> : null}
        <DataTable
          caption="Browsers you are signed in with"
          columns={COLUMNS}
          rows={result.value}
          rowKey={(session) => session.id}
        />
      </div>
      {shown.ok ? <SecondFactorCard shown={shown.value} /> : null}
    </>
  );
}

const OWN_WORDS = { 'not-found': 'It was signed out already.' } as const;

const COLUMNS: readonly Column<OwnSession>[] = [
  { key: 'browser', header: 'Browser', cell: (session) => describeBrowser(session.userAgent) },
  { key: 'since', header: 'Signed in', cell: (session) => <Instant at={session.createdAt} precision="minute" /> },
  { key: 'seen', header: 'Last used', cell: (session) => <Instant at={session.lastSeenAt} precision="minute" /> },
  {
    key: 'end',
    header: 'Sign out',
    headerLook: 'hidden',
    align: 'end',
    cell: (session) =>
      session.current ? (
        <span className="text-ink-3 @max-4xl:p-2">This browser</span>
      ) : (
        <EndForm name="session" value={session.id} act="Sign out" />
      ),
  },
];

function EndForm({ name, value, act }: { readonly name: string; readonly value: string; readonly act: string }) {
  return (
    <form action="/sessions/end" method="post">
      <input type="hidden" name={name} value={value} />
      <Button kind="secondary" size="small">
        {act}
      </Button>
    </form>
  );
}
