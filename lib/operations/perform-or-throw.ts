import { explain } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from './context';
import type { Operation } from './operation';
import { perform } from './operation';

/** Performs an operation that is expected to succeed, and returns its value. @throws Error when it is refused */
export async function performOrThrow<Input, Value>(
  operation: Operation<Input, Value>,
  input: unknown,
  context: OperationContext,
): Promise<Value> {
  const result = await perform(operation, input, context);
  if (result.ok) return result.value;
  throw new Error(`expected ${operation.name} to be done, found ${result.rejection.code}: ${explain(result.rejection).cause}`);
}
