'use server';

import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { proveSession, sendProofCode } from '@/lib/operations/sign-in/prove-session';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { proofPath, requireSignedIn } from '@/lib/web/request-context';
import { fieldOf, runAction } from '@/lib/web/run-action';
import { nextPath } from '@/lib/web/sign-in/next-path';
import { sendSignInMail } from '@/lib/web/sign-in/send-sign-in-mail';

/** Mails the reader a code for a fresh proof. */
export async function send(form: FormData): Promise<void> {
  const here = proofPath(nextPath(fieldOf(form, 'next')));
  const { sessionId: session } = await requireSignedIn(here);
  const result = await runAction(sendProofCode, { session }, here);
  if (!result.ok) redirect(refusedAt(here, result));
  after(() => sendSignInMail(result.value.mail));
  redirect(here);
}

/** Checks the code, and redirects back to where it was needed. */
export async function prove(form: FormData): Promise<void> {
  const next = nextPath(fieldOf(form, 'next'));
  const here = proofPath(next);
  const { sessionId: session } = await requireSignedIn(here);
  const result = await runAction(proveSession, { session, code: fieldOf(form, 'code') }, here);
  if (!result.ok) redirect(refusedAt(here, result));
  redirect(`${next}${next.includes('?') ? '&' : '?'}proved=yes`);
}
