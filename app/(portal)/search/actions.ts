'use server';

import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { inspectFile } from '@/lib/operations/support/inspect-file';
import { uploadFrom } from '@/lib/web/requests/read-upload';
import { runAction } from '@/lib/web/run-action';
import { refusedAnswer } from '../exchange/refused-answer';

/** Inspects the file of the drop area, and redirects to its contents. */
export async function inspect(form: FormData): Promise<ReactNode> {
  const result = await runAction(inspectFile, await uploadFrom(form), '/search');
  if (result.ok) redirect(`/inspect/${result.value.inspectionId}`);
  return refusedAnswer(result);
}
