'use server';

import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { renewRecoveryCodes, switchOffSecondFactor } from '@/lib/operations/sign-in/change-second-factor';
import { beginSecondFactor, confirmSecondFactor } from '@/lib/operations/sign-in/set-up-second-factor';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { requireSignedIn } from '@/lib/web/request-context';
import { fieldOf, runAction } from '@/lib/web/run-action';
import { deleteRecoveryCookie, writeRecoveryCookie } from '@/lib/web/sign-in/recovery-cookie';
import { sendSecondFactorMail } from '@/lib/web/sign-in/send-second-factor-mail';

const HERE = '/sessions/second-factor';

/** Begins to set up the second factor, with a new secret. */
export async function begin(): Promise<void> {
  const result = await runAction(beginSecondFactor, {}, HERE);
  redirect(result.ok ? HERE : refusedAt(HERE, result));
}

/** Switches the second factor on, and redirects to the recovery codes. */
export async function confirm(form: FormData): Promise<void> {
  const { sessionId: currentSession } = await requireSignedIn(HERE);
  const result = await runAction(confirmSecondFactor, { code: fieldOf(form, 'code'), currentSession }, HERE);
  if (!result.ok) redirect(refusedAt(HERE, result));
  await writeRecoveryCookie(result.value.kept);
  after(() => sendSecondFactorMail(result.value.mail));
  redirect('/sessions/recovery-codes?made=on');
}

/** Makes new recovery codes, and redirects to them. */
export async function renew(form: FormData): Promise<void> {
  const { sessionId: currentSession } = await requireSignedIn(HERE);
  const result = await runAction(renewRecoveryCodes, { code: fieldOf(form, 'code'), currentSession }, HERE);
  if (!result.ok) redirect(refusedAt(HERE, result));
  await writeRecoveryCookie(result.value.kept);
  after(() => sendSecondFactorMail(result.value.mail));
  redirect('/sessions/recovery-codes');
}

/** Switches the second factor off. */
export async function switchOff(form: FormData): Promise<void> {
  const result = await runAction(switchOffSecondFactor, { code: fieldOf(form, 'code') }, HERE);
  if (!result.ok) redirect(refusedAt(HERE, result));
  await deleteRecoveryCookie();
  after(() => sendSecondFactorMail(result.value.mail));
  redirect('/sessions?second-factor=off');
}

/** Stops showing the recovery codes, once the reader has saved them. */
export async function dismissRecoveryCodes(): Promise<void> {
  await deleteRecoveryCookie();
  redirect('/sessions?second-factor=kept');
}
