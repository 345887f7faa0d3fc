import 'server-only';
import { redirect } from 'next/navigation';
import type { Operation, Result } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';
import { proofPath, requestContext, signInPath } from './context';

/**
 * Performs an operation for a server action. Signed out leads to the sign-in page and back, and what needs a fresh proof to the page for it.
 *
 * @param here path of the page the action was called from
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

/** A text field of a form; empty when it is missing or no text. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** All texts of a field that may come several times, such as check boxes. */
export function fieldsOf(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string');
}
