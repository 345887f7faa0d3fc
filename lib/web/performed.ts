import type { OperationContext } from '@/lib/operations/context';
import type { Operation } from '@/lib/operations/operation';
import { perform } from '@/lib/operations/operation';

/** Performs what nobody can be refused here. */
export async function performed<Input, Value>(
  operation: Operation<Input, Value>,
  input: Input,
  context: OperationContext,
): Promise<Value> {
  const result = await perform(operation, input, context);
  if (!result.ok) throw new Error(`expected ${operation.name} to be done, found ${result.rejection.code}`);
  return result.value;
}
