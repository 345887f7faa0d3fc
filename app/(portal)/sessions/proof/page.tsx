import type { Metadata } from 'next';
import { SubmitButton } from '@/components/actions/submit-button';
import { PrivateNote } from '@/components/feedback/private-note';
import { CodeField } from '@/components/forms/code-field';
import { Card } from '@/components/layout/card';
import { PageHeader } from '@/components/layout/page-header';
import { oneOf } from '@/components/tables/list-address';
import { perform } from '@/lib/operations/operation';
import { showProof } from '@/lib/operations/sign-in/prove-session';
import { requestContext, requireSignedIn } from '@/lib/web/request-context';
import { resultForPage } from '@/lib/web/responses/respond';
import { nextPath } from '@/lib/web/sign-in/next-path';
import { RefusedNote } from '../../seats/refused-note';
import { prove, send } from './actions';

export const metadata: Metadata = { title: 'Is it you?' };

const OWN_WORDS = {
  'sign-in-code-wrong': 'That is not the code from the newest message.',
  'sign-in-code-ended': 'This code can no longer be used. Have a new one sent.',
  'too-many-attempts': 'There were too many attempts in a short time. Wait an hour, then try again.',
  'not-found': 'This browser was signed out.',
} as const;

/** Asks for a code from the mail before an act that decides who can sign in, in case somebody else uses the open browser. */
export default async function ProofPage({ searchParams }: PageProps<'/sessions/proof'>) {
  const query = await searchParams;
  const next = nextPath(oneOf(query.next));
  const { sessionId: session, name } = await requireSignedIn('/sessions/proof');
  const result = resultForPage(await perform(showProof, { session }, await requestContext()), '/sessions/proof');
  return (
    <>
      <PageHeader
        back={{ href: next, label: 'Back' }}
        title="Is it you?"
        lead="You signed in a while ago. Before something is changed that decides who can sign in, show that it is you."
      />
      <RefusedNote query={query} words={OWN_WORDS} />
      {result.ok ? <ProofCard {...result.value} next={next} /> : <PrivateNote rejection={result.rejection} name={name} />}
    </>
  );
}

interface ProofCardProps {
  readonly email: string;
  readonly isWaiting: boolean;
  readonly next: string;
}

function ProofCard({ email, isWaiting, next }: ProofCardProps) {
  return (
    <Card>
      {isWaiting ? (
        <form action={prove} className="grid max-w-sm gap-4">
          <input type="hidden" name="next" value={next} />
          <p className="text-ink-2 text-sm">
            A code is on its way to <strong className="break-words font-medium text-ink">{email}</strong>.
          </p>
          <CodeField />
          <div>
            <SubmitButton busyText="Looking…">It is me</SubmitButton>
          </div>
        </form>
      ) : null}
      <form action={send} className={isWaiting ? 'mt-6 border-line border-t pt-5' : 'grid justify-items-start gap-4'}>
        <input type="hidden" name="next" value={next} />
        {isWaiting ? null : (
          <p className="max-w-prose text-ink-2 text-sm">
            We send a code to <strong className="break-words font-medium text-ink">{email}</strong>. For ten minutes after you
            typed it, you are not asked again.
          </p>
        )}
        <SubmitButton {...(isWaiting ? { kind: 'quiet', size: 'small' } : {})} busyText="Sending…">
          {isWaiting ? 'Send a new code' : 'Send me a code'}
        </SubmitButton>
      </form>
    </Card>
  );
}
