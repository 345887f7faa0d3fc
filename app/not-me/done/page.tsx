import type { Metadata } from 'next';
import { ButtonLink } from '@/components/actions/button-link';
import { Note } from '@/components/feedback/note';
import { SignInFrame } from '@/components/layout/sign-in-frame';
import { explain, reject } from '@/lib/licensing/refusals/rejection';
import { services } from '@/lib/web/services';

export const metadata: Metadata = { title: 'It was not me' };

/** Shows the result of undoing a second factor, and what to do next. */
export default async function NotMeDonePage({ searchParams }: PageProps<'/not-me/done'>) {
  const vendor = await services().keyring.identity();
  const { ended } = await searchParams;
  const { cause, fix } = explain(reject('undo-link-ended'));
  return (
    <SignInFrame vendor={vendor} title={ended === 'yes' ? 'Nothing was undone' : 'Undone'} footer={vendor.supportContact}>
      <div className="grid gap-5">
        {ended === 'yes' ? (
          <Note tone="stopped">
            {cause} {fix}
          </Note>
        ) : (
          <>
            <Note tone="fine">The second factor is off again, and every browser is signed out.</Note>
            <p className="text-ink-2 text-sm">
              Sign in now, and look under Activity for what you did not do. If devices, people or calendar addresses were changed,
              tell your administrator.
            </p>
          </>
        )}
        <ButtonLink href="/sign-in" kind="primary" size="large">
          Sign in
        </ButtonLink>
      </div>
    </SignInFrame>
  );
}
