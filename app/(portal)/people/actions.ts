'use server';

import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { resendReminder } from '@/lib/operations/leases/resend-reminder';
import { assignPerson } from '@/lib/operations/people/assign-person';
import { changeRole, removePerson, resendInvitation } from '@/lib/operations/people/change-person';
import { invitePerson } from '@/lib/operations/people/invite-person';
import { resetSecondFactor } from '@/lib/operations/sign-in/reset-second-factor';
import { sendReminderTo } from '@/lib/web/leases/send-reminders';
import { portalContext, portalMailing } from '@/lib/web/mail/mailing';
import { sendInvitation } from '@/lib/web/people/send-invitation';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { fieldOf, fieldsOf, runAction } from '@/lib/web/run-action';
import { sendSecondFactorMail } from '@/lib/web/sign-in/send-second-factor-mail';

/** Invites somebody, sends the mail, and leads to their page, which says what the mail server answered. */
export async function invite(form: FormData): Promise<void> {
  const input = {
    email: fieldOf(form, 'email'),
    name: fieldOf(form, 'name'),
    role: fieldOf(form, 'role'),
    customer: fieldOf(form, 'customer').trim() || null,
  };
  const result = await runAction(invitePerson, input, '/people');
  if (!result.ok) redirect(refusedAt('/people', result));
  await sendInvitation(result.value.mail);
  redirect(`/people/${result.value.personId}?done=invited`);
}

/** Invites somebody once more. */
export async function resend(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(resendInvitation, { personId: fieldOf(form, 'person') }, here);
  if (!result.ok) redirect(refusedAt(here, result));
  await sendInvitation(result.value.mail);
  redirect(`${here}?done=invited`);
}

/** Reminds somebody once more of leases that end, and waits for what the mail server says. */
export async function sendReminder(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(resendReminder, { personId: fieldOf(form, 'person') }, here);
  if (!result.ok) redirect(refusedAt(here, result));
  const outcome = await sendReminderTo(portalContext(), portalMailing(), result.value.personId);
  redirect(`${here}?done=${outcome === 'accepted' ? 'reminded' : 'not-reminded'}`);
}

/** Gives somebody another role. */
export async function updateRole(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(changeRole, { personId: fieldOf(form, 'person'), role: fieldOf(form, 'role') }, here);
  redirect(result.ok ? `${here}?done=role` : refusedAt(here, result));
}

/** Assigns what is ticked and takes away what was shown and is not. */
export async function assign(form: FormData): Promise<void> {
  const here = pageOf(form);
  const ticked = new Set(fieldsOf(form, 'entitlement'));
  const unassign = fieldsOf(form, 'shown').filter((id) => !ticked.has(id));
  const input = { personId: fieldOf(form, 'person'), assign: [...ticked], unassign };
  const result = await runAction(assignPerson, input, here);
  redirect(result.ok ? `${here}?done=assigned` : refusedAt(here, result));
}

/** Takes the second factor of somebody who lost their phone away, and tells them. */
export async function resetFactor(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(resetSecondFactor, { personId: fieldOf(form, 'person') }, `${here}/reset-second-factor`);
  if (!result.ok) redirect(refusedAt(`${here}/reset-second-factor`, result));
  after(() => sendSecondFactorMail(result.value.mail));
  redirect(`${here}?done=reset`);
}

/** Removes somebody. */
export async function remove(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(removePerson, { personId: fieldOf(form, 'person') }, `${here}/remove`);
  redirect(result.ok ? `${here}?done=removed` : refusedAt(`${here}/remove`, result));
}

function pageOf(form: FormData): string {
  return `/people/${encodeURIComponent(fieldOf(form, 'person'))}`;
}
