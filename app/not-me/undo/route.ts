import { after } from 'next/server';
import { perform } from '@/lib/operations/operation';
import { undoSecondFactor } from '@/lib/operations/sign-in/undo-second-factor';
import { visitorContext } from '@/lib/web/request-context';
import { readForm } from '@/lib/web/requests/read-form';
import { dropCookie } from '@/lib/web/requests/set-cookie';
import { answerRoute, seeOther } from '@/lib/web/responses/respond';
import { cookieNames } from '@/lib/web/sign-in/auth';
import { sendSecondFactorMail } from '@/lib/web/sign-in/send-second-factor-mail';

/** Undoes the switching on of a second factor, with the secret from the mail. */
export const POST = answerRoute(async (request) => {
  const form = await readForm(request);
  const result = await perform(undoSecondFactor, { secret: form.ok ? form.value.get('secret') : null }, await visitorContext());
  if (!result.ok) return seeOther('/not-me/done?ended=yes');
  const { mail } = result.value;
  after(() => sendSecondFactorMail(mail));
  return seeOther('/not-me/done', [dropCookie(cookieNames().pending)]);
});
