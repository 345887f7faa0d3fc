import 'server-only';
import { redirect } from 'next/navigation';
import type { Operation, Result } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';
import { proofPath, requestContext, signInPath } from './request-context';

/**
 * Performs an operation for a server action. Redirects to the sign-in page when signed out, and to the proof page when a fresh proof is needed.
 *
 * @param here path of the page with the form, to return to
 */
export async function runAction<Input, Value>(
  operation: Operation<Input, Value>,
  input: unknown,
  here: string,
): Promise<Result<Value>> {
  const result = await perform(operation, input, await requestContext());
  if (!result.ok && result.rejection.code === 'sign-in-needed') redirect(signInPath(here));
  if (!result.ok && result.rejection.code === 'fresh-proof-needed') redirect(proofPath(here));
  return result;
}

/** Gets a text field of a form; empty when it is missing or a file. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Gets all texts of a repeated field, such as check boxes. */
export function fieldsOf(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string');
}
