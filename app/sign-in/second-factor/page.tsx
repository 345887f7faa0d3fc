import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { SubmitButton } from '@/components/actions/submit-button';
import { TextLink } from '@/components/actions/text-link';
import { CodeField } from '@/components/forms/code-field';
import { RecoveryCodeField } from '@/components/forms/recovery-code-field';
import { SignInFrame } from '@/components/layout/sign-in-frame';
import { reject } from '@/lib/licensing/refusals/rejection';
import { perform } from '@/lib/operations/operation';
import { findWaitingAddress } from '@/lib/operations/sign-in/sign-in-second-factor';
import { pageAddress, refusalFromQuery, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { currentSignedIn, visitorContext } from '@/lib/web/request-context';
import { services } from '@/lib/web/services';
import { cookieNames, guardToken } from '@/lib/web/sign-in/auth';
import { nextPath } from '@/lib/web/sign-in/next-path';
import { SignInRefusal } from '../sign-in-refusal';

export const metadata: Metadata = { title: 'Second factor' };

/** Asks for the code of the app, or with `kind=recovery` for a recovery code, in the browser that passed the code from the mail. */
export default async function SecondFactorPage({ searchParams }: PageProps<'/sign-in/second-factor'>) {
  const params = await searchParams;
  const next = nextPath(params.next);
  if ((await currentSignedIn()) !== null) redirect(next);
  const guard = await guardToken();
  const token = (await cookies()).get(cookieNames().pending)?.value;
  const waiting = await perform(findWaitingAddress, { token }, await visitorContext());
  const email = waiting.ok ? waiting.value : null;
  if (guard === null || email === null)
    redirect(pageAddress('/sign-in', { ...refusalQuery(reject('second-factor-wait-ended')), next }));
  const vendor = await services().keyring.identity();
  const isRecovery = params.kind === 'recovery';
  return (
    <SignInFrame
      vendor={vendor}
      title={isRecovery ? 'Type a recovery code' : 'Type the code from your app'}
      lead={
        <>
          You sign in as <strong className="break-words font-medium text-ink">{email}</strong>.{' '}
          {isRecovery ? 'Each recovery code works once.' : 'Your app shows a new code every 30 seconds.'}
        </>
      }
      footer={`No phone and no recovery codes? Ask your administrator, or ${vendor.supportContact}`}
    >
      <form action="/api/auth/second-factor" method="post" className="grid gap-5">
        <SignInRefusal rejection={refusalFromQuery(params)} />
        <input type="hidden" name="csrfToken" value={guard} />
        <input type="hidden" name="next" value={next} />
        {isRecovery ? <input type="hidden" name="kind" value="recovery" /> : null}
        {isRecovery ? <RecoveryCodeField /> : <CodeField label="Code from your app" />}
        <SubmitButton size="large" busyText="Signing in…">
          Sign in
        </SubmitButton>
        <p className="text-center text-sm">
          <TextLink href={pageAddress('/sign-in/second-factor', { next, kind: isRecovery ? null : 'recovery' })}>
            {isRecovery ? 'Use the code from your app' : 'Use a recovery code instead'}
          </TextLink>
        </p>
      </form>
    </SignInFrame>
  );
}
