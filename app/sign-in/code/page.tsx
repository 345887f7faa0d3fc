import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { SubmitButton } from '@/components/actions/submit-button';
import { TextLink } from '@/components/actions/text-link';
import { CodeField } from '@/components/forms/code-field';
import { SignInFrame } from '@/components/layout/sign-in-frame';
import { reject } from '@/lib/licensing/refusals/rejection';
import { CODE_GOOD_FOR_MINUTES } from '@/lib/operations/limits/limits';
import { perform } from '@/lib/operations/operation';
import { findSentAddress } from '@/lib/operations/sign-in/sign-in-redeem';
import { pageAddress, refusalFromQuery, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { currentSignedIn, visitorContext } from '@/lib/web/request-context';
import { services } from '@/lib/web/services';
import { cookieNames, guardToken } from '@/lib/web/sign-in/auth';
import { nextPath } from '@/lib/web/sign-in/next-path';
import { SignInRefusal } from '../sign-in-refusal';

export const metadata: Metadata = { title: 'Type your code' };

/** Asks for the code, in the browser that requested it. Shows the same for every address. */
export default async function SignInCodePage({ searchParams }: PageProps<'/sign-in/code'>) {
  const params = await searchParams;
  const next = nextPath(params.next);
  if ((await currentSignedIn()) !== null) redirect(next);
  const guard = await guardToken();
  const codeId = (await cookies()).get(cookieNames().code)?.value;
  const sent = await perform(findSentAddress, { codeId }, await visitorContext());
  const email = sent.ok ? sent.value : null;
  if (guard === null || email === null)
    redirect(pageAddress('/sign-in', { ...refusalQuery(reject('sign-in-code-ended')), next }));
  const vendor = await services().keyring.identity();
  return (
    <SignInFrame
      vendor={vendor}
      title="Type your code"
      lead={
        <>
          If <strong className="break-words font-medium text-ink">{email}</strong> can sign in here, a code is on its way to it.
          It works in this browser only, for {CODE_GOOD_FOR_MINUTES} minutes.
        </>
      }
      footer={`Nothing after a few minutes? Look among unwanted mail, then ask: ${vendor.supportContact}`}
    >
      <form action="/api/auth/callback/credentials" method="post" className="grid gap-5">
        <SignInRefusal rejection={refusalFromQuery(params)} />
        <input type="hidden" name="csrfToken" value={guard} />
        <input type="hidden" name="next" value={next} />
        <CodeField />
        <SubmitButton size="large" busyText="Signing in…">
          Sign in
        </SubmitButton>
        <p className="text-center text-sm">
          <TextLink href={pageAddress('/sign-in', { next })}>Use another address, or send a new code</TextLink>
        </p>
      </form>
    </SignInFrame>
  );
}
