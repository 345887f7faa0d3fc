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

/** Invites a person, sends the mail, and redirects to their page, which shows the reply of the mail server. */
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

/** Sends an invitation again. */
export async function resend(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(resendInvitation, { personId: fieldOf(form, 'person') }, here);
  if (!result.ok) redirect(refusedAt(here, result));
  await sendInvitation(result.value.mail);
  redirect(`${here}?done=invited`);
}

/** Sends the reminders of a person again, and waits for the reply of the mail server. */
export async function sendReminder(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(resendReminder, { personId: fieldOf(form, 'person') }, here);
  if (!result.ok) redirect(refusedAt(here, result));
  const outcome = await sendReminderTo(portalContext(), portalMailing(), result.value.personId);
  redirect(`${here}?done=${outcome === 'accepted' ? 'reminded' : 'not-reminded'}`);
}

/** Updates the role of a person. */
export async function updateRole(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(changeRole, { personId: fieldOf(form, 'person'), role: fieldOf(form, 'role') }, here);
  redirect(result.ok ? `${here}?done=role` : refusedAt(here, result));
}

/** Assigns the ticked entitlements, and removes those shown and not ticked. */
export async function assign(form: FormData): Promise<void> {
  const here = pageOf(form);
  const ticked = new Set(fieldsOf(form, 'entitlement'));
  const unassign = fieldsOf(form, 'shown').filter((id) => !ticked.has(id));
  const input = { personId: fieldOf(form, 'person'), assign: [...ticked], unassign };
  const result = await runAction(assignPerson, input, here);
  redirect(result.ok ? `${here}?done=assigned` : refusedAt(here, result));
}

/** Resets the second factor of a person who lost their phone, and notifies them. */
export async function resetFactor(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(resetSecondFactor, { personId: fieldOf(form, 'person') }, `${here}/reset-second-factor`);
  if (!result.ok) redirect(refusedAt(`${here}/reset-second-factor`, result));
  after(() => sendSecondFactorMail(result.value.mail));
  redirect(`${here}?done=reset`);
}

/** Removes a person. */
export async function remove(form: FormData): Promise<void> {
  const here = pageOf(form);
  const result = await runAction(removePerson, { personId: fieldOf(form, 'person') }, `${here}/remove`);
  redirect(result.ok ? `${here}?done=removed` : refusedAt(`${here}/remove`, result));
}

function pageOf(form: FormData): string {
  return `/people/${encodeURIComponent(fieldOf(form, 'person'))}`;
}
