import type { OperationContext } from '@/lib/operations/context';
import type { Operation, Result } from '@/lib/operations/operation';
import { done, perform } from '@/lib/operations/operation';
import type { Answer, Command, Typed } from './command';
import { formatTable } from './format-table';

interface Performing<Input, Value> extends Omit<Command, 'plan'> {
  readonly operation: Operation<Input, Value>;
  /** The operation's input; what was not typed is left to its schema. */
  readonly input: (typed: Typed) => unknown;
  /** What a person reads. */
  readonly say: (value: Value) => readonly string[];
}

/** A command that performs one operation and prints what it answers. */
export function performing<Input, Value extends object>(definition: Performing<Input, Value>): Command {
  const { operation, input, say, ...command } = definition;
  return {
    ...command,
    plan: (typed) => {
      const values = input(typed);
      return (context) => performAnd(context, { operation, input: values, say: (value) => toAnswer(value, say) });
    },
  };
}

interface Listing<Input, Row> extends Omit<Command, 'plan' | 'options'> {
  readonly options?: Command['options'];
  readonly operation: Operation<Input, readonly Row[]>;
  readonly input?: (typed: Typed) => unknown;
  /** Column name -> what stands in it. */
  readonly columns: Readonly<Record<string, (row: Row) => string | number | Date | null>>;
}

/** A command that lists what an operation answers. */
export function listing<Input, Row extends object>(definition: Listing<Input, Row>): Command {
  const { operation, input = () => ({}), columns, options = {}, ...command } = definition;
  const say = (rows: readonly Row[]): Answer => ({ json: { rows }, lines: formatTable(rows, columns) });
  return {
    ...command,
    options,
    plan: (typed) => {
      const values = input(typed);
      return (context) => performAnd(context, { operation, input: values, say });
    },
  };
}

function toAnswer<Value extends object>(value: Value, say: (value: Value) => readonly string[]): Answer {
  return { json: Object.fromEntries(Object.entries(value)), lines: say(value) };
}

async function performAnd<Input, Value>(
  context: OperationContext,
  { operation, input, say }: { operation: Operation<Input, Value>; input: unknown; say: (value: Value) => Answer },
): Promise<Result<Answer>> {
  const result = await perform(operation, input, context);
  return result.ok ? done(say(result.value)) : result;
}
