import type { Metadata } from 'next';
import { DownloadLink } from '@/components/actions/download-link';
import { SubmitButton } from '@/components/actions/submit-button';
import { TextLink } from '@/components/actions/text-link';
import { Note } from '@/components/feedback/note';
import { PrivateNote } from '@/components/feedback/private-note';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { perform } from '@/lib/operations/operation';
import { SHOWN_MINUTES, showRecoveryCodes } from '@/lib/operations/sign-in/shown-recovery-codes';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { readRecoveryCookie } from '@/lib/web/sign-in/recovery-cookie';
import { dismissRecoveryCodes } from '../second-factor/actions';

export const metadata: Metadata = { title: 'Recovery codes' };

/** Shows new recovery codes, only in the browser that made them and for a few minutes. */
export default async function RecoveryCodesPage({ searchParams }: PageProps<'/sessions/recovery-codes'>) {
  const here = '/sessions/recovery-codes';
  const { sessionId, name } = await requireSignedIn(here);
  const input = { kept: await readRecoveryCookie(), session: sessionId };
  const result = resultForPage(await perform(showRecoveryCodes, input, await requestContext()), here);
  const { made } = await searchParams;
  return (
    <>
      <PageHeader
        back={{ href: '/sessions', label: 'Sign-ins' }}
        title="Recovery codes"
        lead="For the day your phone is lost: each one signs you in once, in place of the code from the app."
      />
      {result.ok ? (
        <Shown codes={result.value} isNew={made === 'on'} />
      ) : (
        <PrivateNote rejection={result.rejection} name={name} />
      )}
    </>
  );
}

function Shown({ codes, isNew }: { readonly codes: readonly string[] | null; readonly isNew: boolean }) {
  return codes === null ? <NotShown /> : <Codes codes={codes} isNew={isNew} />;
}

function NotShown() {
  return (
    <Note tone="info">
      Recovery codes are shown once, when they are made. Without them,{' '}
      <TextLink href="/sessions/second-factor">make new ones</TextLink>.
    </Note>
  );
}

function Codes({ codes, isNew }: { readonly codes: readonly string[]; readonly isNew: boolean }) {
  return (
    <div className="grid gap-6">
      {isNew ? <Note tone="fine">The second factor is on. Other browsers were signed out.</Note> : null}
      <Card>
        <div className="grid gap-6">
          <Note tone="soon">
            Keep them now, on paper or in a password manager, and apart from your phone. This page shows them for {SHOWN_MINUTES}{' '}
            minutes and never again.
          </Note>
          <ul className="grid gap-x-10 gap-y-3 justify-self-start font-medium font-mono text-lg sm:grid-cols-2">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <form action={dismissRecoveryCodes} className="flex flex-wrap gap-3">
            <DownloadLink href="/sessions/recovery-codes/download" fileName="recovery-codes.txt" label="Download as text" />
            <SubmitButton busyText="One moment…">I have kept them</SubmitButton>
          </form>
        </div>
      </Card>
    </div>
  );
}
