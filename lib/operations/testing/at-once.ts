import type { OperationContext } from '../context';
import { commitFile } from '../exchange/commit-file';
import { submitFile } from '../exchange/submit-file';
import { perform } from '../operation';
import type { Outcome } from './exchange';

/** Submits a file. @returns the id of the submission */
export async function submit(context: OperationContext, file: string): Promise<string> {
  const bytes = new TextEncoder().encode(file);
  const submitted = await perform(submitFile, { fileName: 'request.txt', bytes }, context);
  if (!submitted.ok) throw new Error(`expected a submission, found ${submitted.rejection.code}`);
  return submitted.value.submissionId;
}

/** Commits a submission. `code` is `done`, `repeated` or the code of the refusal. */
export async function commit(context: OperationContext, submissionId: string): Promise<Outcome> {
  const answered = await perform(commitFile, { submissionId }, context);
  if (!answered.ok) return { code: answered.rejection.code, exchangeId: null, submissionId };
  const { exchangeId, repeated } = answered.value;
  return { code: repeated ? 'repeated' : 'done', exchangeId, submissionId };
}

/** Submits all files, and then commits them concurrently. */
export async function commitAtOnce(context: OperationContext, files: readonly string[]): Promise<Outcome[]> {
  const submissions = await Promise.all(files.map((file) => submit(context, file)));
  return Promise.all(submissions.map((submissionId) => commit(context, submissionId)));
}

/** Counts outcomes by code. */
export function tally(outcomes: readonly { readonly code: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of outcomes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
