import type { Metadata } from 'next';
import { SubmitButton } from '@/components/actions/submit-button';
import { Note } from '@/components/feedback/note';
import { SignInFrame } from '@/components/layout/sign-in-frame';
import { Instant } from '@/components/time/instant';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { explain } from '@/lib/licensing/refusals/rejection';
import { perform } from '@/lib/operations/operation';
import { findUndo } from '@/lib/operations/sign-in/undo-second-factor';
import { readableFacts } from '@/lib/web/refusals/readable-facts';
import { visitorContext } from '@/lib/web/request-context';
import { services } from '@/lib/web/services';

export const metadata: Metadata = { title: 'It was not me', robots: { index: false } };

/** Page behind the link in the mail about a second factor: asks for confirmation, since mail scanners open every link. */
export default async function NotMePage({ params }: PageProps<'/not-me/[secret]'>) {
  const { secret } = await params;
  const found = await perform(findUndo, { secret }, await visitorContext());
  const vendor = await services().keyring.identity();
  if (!found.ok) return <Ended vendor={vendor} rejection={found.rejection} />;
  const { email, switchedOnAt, now } = found.value;
  return (
    <SignInFrame
      vendor={vendor}
      title="Was it not you?"
      lead={
        <>
          A second factor was switched on for <strong className="break-words font-medium text-ink">{email}</strong>,{' '}
          <Instant at={switchedOnAt} precision="minute" now={now} />.
        </>
      }
      footer={`Questions? ${vendor.supportContact}`}
    >
      <form action="/not-me/undo" method="post" className="grid gap-5">
        <input type="hidden" name="secret" value={secret} />
        <p className="text-ink-2 text-sm">
          If it was not you, somebody else is signed in as you. Undo it: the second factor is off again, and every browser is
          signed out. Then sign in with the code from your mail. If it was you, close this page.
        </p>
        <SubmitButton size="large" kind="danger" busyText="Undoing…">
          Undo, and sign out everywhere
        </SubmitButton>
      </form>
    </SignInFrame>
  );
}

function Ended({
  vendor,
  rejection,
}: {
  readonly vendor: { readonly name: string; readonly supportContact: string };
  readonly rejection: Rejection;
}) {
  const { cause, fix } = explain({ ...rejection, facts: readableFacts(rejection.facts) });
  return (
    <SignInFrame vendor={vendor} title="Nothing to undo" footer={vendor.supportContact}>
      <Note tone={rejection.code === 'too-many-attempts' ? 'soon' : 'stopped'}>
        <p className="font-medium">{cause}</p>
        <p>{fix}</p>
      </Note>
    </SignInFrame>
  );
}
