import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SubmitButton } from '@/components/actions/submit-button';
import { TextLink } from '@/components/actions/text-link';
import { Note } from '@/components/feedback/note';
import { Field } from '@/components/forms/field';
import { SignInFrame } from '@/components/layout/sign-in-frame';
import { isGuestExchangeOffered } from '@/lib/web/guest/guest-context';
import { currentVendor } from '@/lib/web/read-vendor';
import { refusalFromQuery } from '@/lib/web/refusals/refusal-query';
import { currentSignedIn } from '@/lib/web/request-context';
import { nextPath } from '@/lib/web/sign-in/next-path';
import { SignInRefusal } from './sign-in-refusal';

export const metadata: Metadata = { title: 'Sign in' };

/** Asks for the address; the code follows by mail. */
export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const params = await searchParams;
  const next = nextPath(params.next);
  if ((await currentSignedIn()) !== null) redirect(next);
  const vendor = await currentVendor();
  // The layout says what to do first.
  if (vendor === null) return null;
  return (
    <SignInFrame
      vendor={vendor}
      title="Sign in"
      lead="We send a code to your e-mail address. There is no password."
      footer={`No account, or a new address? ${vendor.supportContact}`}
    >
      <form action="/api/auth/code" method="post" className="grid gap-5">
        <SignInRefusal rejection={refusalFromQuery(params)} />
        {params['signed-out'] === 'yes' ? <Note tone="fine">You are signed out.</Note> : null}
        <input type="hidden" name="next" value={next} />
        <Field id="email" name="email" label="E-mail address" type="email" autoComplete="email" maxLength={254} required />
        <SubmitButton size="large" busyText="Sending…">
          Send me a code
        </SubmitButton>
        {(await isGuestExchangeOffered()) ? (
          <p className="text-center text-sm">
            <TextLink href="/guest">Exchange a file without an account</TextLink>
          </p>
        ) : null}
      </form>
    </SignInFrame>
  );
}
