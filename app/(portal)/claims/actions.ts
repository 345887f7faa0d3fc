'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { Answered } from '@/lib/operations/claims/answer-claim';
import { approveClaim, refuseClaim, withdrawClaim } from '@/lib/operations/claims/answer-claim';
import { resendClaimMails } from '@/lib/operations/claims/claim-mail';
import type { Result } from '@/lib/operations/operation';
import { notifyClaim } from '@/lib/web/claims/notify-claim';
import { sendClaimMails } from '@/lib/web/claims/send-claim-mails';
import { portalContext, portalMailing } from '@/lib/web/mail/mailing';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, runAction } from '@/lib/web/run-action';

/** Approves a claim, which releases the seat. */
export async function approve(form: FormData): Promise<void> {
  const input = { claimId: fieldOf(form, 'claim'), answer: fieldOf(form, 'answer') };
  redirectBack(form, 'approved', await runAction(approveClaim, input, pageOf(form)));
}

/** Refuses a claim. */
export async function refuse(form: FormData): Promise<void> {
  const input = { claimId: fieldOf(form, 'claim'), answer: fieldOf(form, 'answer') };
  redirectBack(form, 'refused', await runAction(refuseClaim, input, pageOf(form)));
}

/** Withdraws the reader's own claim. */
export async function withdraw(form: FormData): Promise<void> {
  redirectBack(form, 'withdrawn', await runAction(withdrawClaim, { claimId: fieldOf(form, 'claim') }, pageOf(form)));
}

/** Sends the mails about a claim again, and waits for the reply of the mail server. */
export async function resend(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(resendClaimMails, { claimId: fieldOf(form, 'claim') }, here);
  if (!result.ok) redirect(refusedAt(here, result));
  await sendClaimMails(portalContext(), portalMailing(), result.value.claimId);
  redirect(`${here}?done=mailed`);
}

function redirectBack(form: FormData, done: string, result: Result<Answered>): never {
  if (!result.ok) redirect(refusedAt(pageOf(form), result));
  notifyClaim(result.value.claimId);
  revalidatePath('/', 'layout');
  redirect(`${pageOf(form)}?done=${done}`);
}

function pageOf(form: FormData): string {
  return `/claims/${encodeURIComponent(fieldOf(form, 'claim'))}`;
}
