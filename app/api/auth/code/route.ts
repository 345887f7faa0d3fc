import { after } from 'next/server';
import { CODE_GOOD_FOR_MINUTES } from '@/lib/operations/limits/limits';
import { perform } from '@/lib/operations/operation';
import { requestSignInCode } from '@/lib/operations/sign-in/sign-in-request';
import { pageAddress, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { visitorContext } from '@/lib/web/request-context';
import { readForm } from '@/lib/web/requests/read-form';
import { setCookie } from '@/lib/web/requests/set-cookie';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';
import { cookieNames, guardCookies } from '@/lib/web/sign-in/auth';
import { nextPath } from '@/lib/web/sign-in/next-path';
import { sendSignInMail } from '@/lib/web/sign-in/send-sign-in-mail';

/** First step of signing in: reads the address, responds alike for every address, and sends the code after the response. */
export const POST = answerRoute(async (request) => {
  const form = await readForm(request);
  if (!form.ok) return seeOther(pageAddress('/sign-in', refusalQuery(form.rejection)));
  const next = nextPath(form.value.get('next'));
  const result = await perform(requestSignInCode, { email: form.value.get('email') }, await visitorContext());
  if (!result.ok) return seeOther(pageAddress('/sign-in', { ...refusalQuery(result.rejection), next }));
  const { codeId, mail } = result.value;
  if (mail !== null) after(() => sendSignInMail(mail));
  const bound = setCookie(cookieNames().code, codeId, CODE_GOOD_FOR_MINUTES * 60);
  return seeOther(pageAddress('/sign-in/code', { next }), [bound, ...(await guardCookies())]);
});
