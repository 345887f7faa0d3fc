import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { SubmitButton } from '@/components/actions/submit-button';
import { SignInFrame } from '@/components/layout/sign-in-frame';
import { Instant } from '@/components/time/instant';
import { reject } from '@/lib/licensing/refusals/rejection';
import { perform } from '@/lib/operations/operation';
import type { InvitationChoice } from '@/lib/operations/sign-in/sign-in-invitation';
import { findInvitations } from '@/lib/operations/sign-in/sign-in-invitation';
import { pageAddress, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { currentSignedIn, visitorContext } from '@/lib/web/request-context';
import { services } from '@/lib/web/services';
import { cookieNames, guardToken } from '@/lib/web/sign-in/auth';
import { nextPath } from '@/lib/web/sign-in/next-path';

export const metadata: Metadata = { title: 'Choose an invitation' };

/** Asks which of several invitations to accept, in the browser that passed the code from the mail. */
export default async function InvitationsPage({ searchParams }: PageProps<'/sign-in/invitations'>) {
  const params = await searchParams;
  const next = nextPath(params.next);
  if ((await currentSignedIn()) !== null) redirect(next);
  const guard = await guardToken();
  const token = (await cookies()).get(cookieNames().pending)?.value;
  const found = await perform(findInvitations, { token }, await visitorContext());
  const choice = found.ok ? found.value : null;
  if (guard === null || choice === null) redirect(pageAddress('/sign-in', { ...refusalQuery(reject('invitation-ended')), next }));
  const vendor = await services().keyring.identity();
  return (
    <SignInFrame
      vendor={vendor}
      title="Whose invitation do you accept?"
      lead={
        <>
          Your account, <strong className="break-words font-medium text-ink">{choice.email}</strong>, will belong to the one you
          choose, who sees what you do here.
        </>
      }
      footer={`None of them? Close this page. Questions? ${vendor.supportContact}`}
    >
      <ul className="grid gap-4">
        {choice.invitations.map((invitation) => (
          <InvitationForm key={invitation.id} invitation={invitation} guard={guard} next={next} vendorName={vendor.name} />
        ))}
      </ul>
    </SignInFrame>
  );
}

interface InvitationFormProps {
  readonly invitation: InvitationChoice['invitations'][number];
  readonly guard: string;
  readonly next: string;
  readonly vendorName: string;
}

function InvitationForm({ invitation, guard, next, vendorName }: InvitationFormProps) {
  const { id, customerName, invitedBy, invitedAt } = invitation;
  return (
    <li className="rounded-xl border border-line p-4">
      <form action="/api/auth/invitation" method="post" className="grid gap-3">
        <input type="hidden" name="csrfToken" value={guard} />
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="invitation" value={id} />
        <div>
          <p className="break-words font-medium">{customerName}</p>
          <p className="break-words text-ink-2 text-sm">
            Invited by {invitedBy ?? vendorName}, <Instant at={invitedAt} precision="minute" />
          </p>
        </div>
        <SubmitButton kind="secondary" busyText="Signing in…">
          Join {customerName}
        </SubmitButton>
      </form>
    </li>
  );
}
