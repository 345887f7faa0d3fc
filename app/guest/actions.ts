'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { explain } from '@/lib/licensing/refusals/rejection';
import { guestCommit } from '@/lib/operations/guest/guest-commit';
import { guestSayKind, guestSubmit } from '@/lib/operations/guest/guest-submit';
import { perform } from '@/lib/operations/operation';
import { guestContext, visitorCookie } from '@/lib/web/guest/guest-context';
import { readableFacts } from '@/lib/web/refusals/readable-facts';
import { pageAddress, refusalQuery } from '@/lib/web/refusals/refusal-query';
import { uploadFrom } from '@/lib/web/requests/read-upload';
import { fieldOf } from '@/lib/web/run-action';
import { cookieOptions } from '@/lib/web/sign-in/auth';

/** Takes in the file of the drop area, and leads to its preview. */
export async function sendGuestFile(form: FormData): Promise<ReactNode> {
  const context = await guestContext();
  const result = await perform(guestSubmit, await uploadFrom(form), context);
  if (!result.ok) {
    const { code, facts } = result.rejection;
    const { cause, fix } = explain({ code, facts: readableFacts(facts) });
    return `${cause} ${fix} Nothing was changed.`;
  }
  const { name, value, keptForSeconds } = visitorCookie(context);
  (await cookies()).set(name, value, { ...cookieOptions(), maxAge: keptForSeconds });
  const { submissionId, repeated } = result.value;
  redirect(pageAddress(`/guest/${submissionId}`, { again: repeated ? 'yes' : null }));
}

/** Says what a file was written for that does not say so itself, and leads to its preview. */
export async function sayGuestFileKind(form: FormData): Promise<void> {
  const submissionId = fieldOf(form, 'submission');
  const result = await perform(guestSayKind, { submissionId, kind: fieldOf(form, 'kind') }, await guestContext());
  if (!result.ok) redirect(pageAddress(`/guest/${encodeURIComponent(submissionId)}`, refusalQuery(result.rejection)));
  const { submissionId: again, repeated } = result.value;
  redirect(pageAddress(`/guest/${again}`, { again: repeated ? 'yes' : null }));
}

/** Answers the file on the page; what came of it is shown at the same address. */
export async function answerGuestFile(form: FormData): Promise<void> {
  const submissionId = fieldOf(form, 'submission');
  const result = await perform(
    guestCommit,
    { submissionId, isAnother: fieldOf(form, 'another') === 'yes' },
    await guestContext(),
  );
  const here = `/guest/${encodeURIComponent(submissionId)}`;
  if (!result.ok) redirect(pageAddress(here, refusalQuery(result.rejection)));
  redirect(pageAddress(here, { again: result.value.repeated ? 'yes' : null }));
}
