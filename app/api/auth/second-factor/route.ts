import { cookies } from 'next/headers';
import { after } from 'next/server';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Result } from '@/lib/operations/operation';
import { perform, refuse } from '@/lib/operations/operation';
import type { PassedSecondFactor } from '@/lib/operations/sign-in/sign-in-second-factor';
import { passSecondFactor } from '@/lib/operations/sign-in/sign-in-second-factor';
import { pageAddress, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { visitorContext } from '@/lib/web/request-context';
import { readForm } from '@/lib/web/requests/read-form';
import { dropCookie } from '@/lib/web/requests/set-cookie';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';
import { completeSignIn, cookieNames } from '@/lib/web/sign-in/auth';
import { nextPath } from '@/lib/web/sign-in/next-path';
import { sendSecondFactorMail } from '@/lib/web/sign-in/send-second-factor-mail';

/** Last step of signing in with a second factor: checks its code, in the browser that passed the code from the mail. */
export const POST = answerRoute(async (request) => {
  const form = await readForm(request);
  if (!form.ok) return seeOther(pageAddress('/sign-in', refusalQuery(form.rejection)));
  const next = nextPath(form.value.get('next'));
  const token = (await cookies()).get(cookieNames().pending)?.value;
  // Remains when the CSRF token is wrong: then no code is checked.
  let result = refusedByGuard();
  const sessionCookies = await completeSignIn(Object.fromEntries(form.value), async ({ code }) => {
    const userAgent = request.headers.get('user-agent') ?? '';
    result = await perform(passSecondFactor, { token, code, userAgent }, await visitorContext());
    return result.ok ? result.value.sessionId : null;
  });
  const kind = form.value.get('kind') === 'recovery' ? 'recovery' : null;
  if (sessionCookies === null || !result.ok) return seeOther(refusedAddress(result, { next, kind }));
  const { mail } = result.value;
  if (mail !== null) after(() => sendSecondFactorMail(mail));
  return seeOther(next, [...sessionCookies, dropCookie(cookieNames().pending)]);
});

function refusedByGuard(): Result<PassedSecondFactor> {
  return refuse(reject('second-factor-wait-ended'));
}

function refusedAddress(result: Result<unknown>, place: { next: string; kind: 'recovery' | null }): string {
  const rejection = result.ok ? reject('second-factor-wait-ended') : result.rejection;
  if (rejection.code === 'second-factor-wait-ended')
    return pageAddress('/sign-in', { ...refusalQuery(rejection), next: place.next });
  return pageAddress('/sign-in/second-factor', { ...refusalQuery(rejection), ...place });
}
