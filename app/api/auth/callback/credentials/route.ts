import { cookies } from 'next/headers';
import { reject } from '@/lib/licensing/refusals/rejection';
import { SECOND_FACTOR_WAITS_MINUTES } from '@/lib/operations/limits/limits';
import type { Result } from '@/lib/operations/operation';
import { perform, refuse } from '@/lib/operations/operation';
import type { Redeemed } from '@/lib/operations/sign-in/sign-in-redeem';
import { redeemSignInCode } from '@/lib/operations/sign-in/sign-in-redeem';
import { pageAddress, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { visitorContext } from '@/lib/web/request-context';
import { readForm } from '@/lib/web/requests/read-form';
import { dropCookie, setCookie } from '@/lib/web/requests/set-cookie';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';
import { completeSignIn, cookieNames } from '@/lib/web/sign-in/auth';
import { nextPath } from '@/lib/web/sign-in/next-path';

/**
 * Second step of signing in: checks the code, in the browser that asked for it. A person with a second factor, or with several invitations and
 * no account, gets a cookie for the next step instead of a session.
 */
export const POST = answerRoute(async (request) => {
  const form = await readForm(request);
  if (!form.ok) return seeOther(pageAddress('/sign-in', refusalQuery(form.rejection)));
  const next = nextPath(form.value.get('next'));
  const codeId = (await cookies()).get(cookieNames().code)?.value;
  // Remains when the CSRF token is wrong: then no code is checked.
  let result = refusedByGuard();
  const sessionCookies = await completeSignIn(Object.fromEntries(form.value), async ({ code }) => {
    const userAgent = request.headers.get('user-agent') ?? '';
    result = await perform(redeemSignInCode, { codeId, code, userAgent }, await visitorContext());
    return result.ok && 'sessionId' in result.value ? result.value.sessionId : null;
  });
  const dropCode = dropCookie(cookieNames().code);
  if (sessionCookies !== null) return seeOther(next, [...sessionCookies, dropCode]);
  if (result.ok && 'pendingToken' in result.value) {
    const pending = setCookie(cookieNames().pending, result.value.pendingToken, SECOND_FACTOR_WAITS_MINUTES * 60);
    const page = result.value.waitsFor === 'choice' ? '/sign-in/invitations' : '/sign-in/second-factor';
    return seeOther(pageAddress(page, { next }), [pending, dropCode]);
  }
  return seeOther(refusedAddress(result, next));
});

function refusedByGuard(): Result<Redeemed> {
  return refuse(reject('sign-in-code-ended'));
}

function refusedAddress(result: Result<unknown>, next: string): string {
  const rejection = result.ok ? reject('sign-in-code-ended') : result.rejection;
  const page = rejection.code === 'sign-in-code-wrong' ? '/sign-in/code' : '/sign-in';
  return pageAddress(page, { ...refusalQuery(rejection), next });
}
