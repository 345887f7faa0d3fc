import { cookies } from 'next/headers';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Result } from '@/lib/operations/operation';
import { perform, refuse } from '@/lib/operations/operation';
import { acceptInvitation } from '@/lib/operations/sign-in/sign-in-invitation';
import { pageAddress, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { visitorContext } from '@/lib/web/request-context';
import { readForm } from '@/lib/web/requests/read-form';
import { dropCookie } from '@/lib/web/requests/set-cookie';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';
import { completeSignIn, cookieNames } from '@/lib/web/sign-in/auth';
import { nextPath } from '@/lib/web/sign-in/next-path';

/** Last step of a first sign-in with several invitations: accepts the chosen one, in the browser that passed the code from the mail. */
export const POST = answerRoute(async (request) => {
  const form = await readForm(request);
  if (!form.ok) return seeOther(pageAddress('/sign-in', refusalQuery(form.rejection)));
  const next = nextPath(form.value.get('next'));
  const token = (await cookies()).get(cookieNames().pending)?.value;
  // Remains when the CSRF token is wrong: then nothing is accepted.
  let result = refusedByGuard();
  const sessionCookies = await completeSignIn(Object.fromEntries(form.value), async ({ invitation }) => {
    const userAgent = request.headers.get('user-agent') ?? '';
    result = await perform(acceptInvitation, { token, invitation, userAgent }, await visitorContext());
    return result.ok ? result.value.sessionId : null;
  });
  if (sessionCookies !== null) return seeOther(next, [...sessionCookies, dropCookie(cookieNames().pending)]);
  const rejection = result.ok ? reject('invitation-ended') : result.rejection;
  return seeOther(pageAddress('/sign-in', { ...refusalQuery(rejection), next }));
});

function refusedByGuard(): Result<{ sessionId: string }> {
  return refuse(reject('invitation-ended'));
}
