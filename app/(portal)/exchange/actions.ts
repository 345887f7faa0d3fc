'use server';

import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { commitFile } from '@/lib/operations/exchange/commit-file';
import { stateKind, submitFile } from '@/lib/operations/exchange/submit-file';
import { refusedAt } from '@/lib/web/refusals/refused-at';
import { uploadFrom } from '@/lib/web/requests/read-upload';
import { fieldOf, runAction } from '@/lib/web/run-action';
import { refusedAnswer } from './refused-answer';

/** Submits the file of the drop area, and redirects to its preview. */
export async function sendFile(form: FormData): Promise<ReactNode> {
  const result = await runAction(submitFile, await uploadFrom(form), '/exchange');
  if (result.ok) redirect(`/exchange/${result.value.submissionId}`);
  return refusedAnswer(result);
}

/** Sets the kind of a file that does not state it, and redirects to its preview. */
export async function sayFileKind(form: FormData): Promise<void> {
  const submissionId = fieldOf(form, 'submission');
  const here = `/exchange/${encodeURIComponent(submissionId)}`;
  const result = await runAction(stateKind, { submissionId, kind: fieldOf(form, 'kind') }, here);
  redirect(result.ok ? `/exchange/${result.value.submissionId}` : refusedAt('/exchange', result));
}

/** Commits the previewed file, and redirects to its answer; after a refusal, back to the preview, which explains it. */
export async function commitPreviewed(form: FormData): Promise<void> {
  const submissionId = fieldOf(form, 'submission');
  const result = await runAction(
    commitFile,
    { submissionId, isAnother: fieldOf(form, 'another') === 'yes' },
    `/exchange/${encodeURIComponent(submissionId)}`,
  );
  if (result.ok)
    redirect(result.value.repeated ? `/files/${result.value.exchangeId}?again=yes` : `/files/${result.value.exchangeId}`);
  redirect(refusedAt(`/exchange/${encodeURIComponent(submissionId)}`, result));
}
