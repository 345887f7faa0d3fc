import type { Command, Options, Values } from '@/lib/command-line/command';
import { command } from '@/lib/command-line/command';
import { formatTable } from '@/lib/command-line/format-table';
import { completeOptions } from '@/lib/command-line/options-of-schema';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '@/lib/operations/context';
import type { Operation, Result } from '@/lib/operations/operation';
import { done, perform, refuse } from '@/lib/operations/operation';

/** The result of a command: an object for programs, lines for people. `isRefused`: part of it was refused, exit status 1. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly isRefused?: boolean;
  /** Programs get the object as it stands, without `ok`. */
  readonly isBare?: boolean;
}

/** A parsed command, ready to be performed. */
export type Plan = ((context: OperationContext) => Promise<Result<Answer>>) | OfflinePlan;

/** A parsed command that needs no database. */
interface OfflinePlan {
  offline(): Promise<Result<Answer>>;
}

/** A command of the operator's. */
export type OperatorCommand = Command<Plan>;

/** Defines a command that does more than perform one operation. */
export function planning<const Described extends Options>(
  definition: Omit<OperatorCommand, 'options' | 'plan'> & { readonly options: Described; plan(values: Values<Described>): Plan },
): OperatorCommand {
  return command<Described, Plan>(definition);
}

/** Options that are not fields of the operation's input, and the fields computed from them. */
export interface Part {
  readonly options: Options;
  /** @throws UsageError */
  input(values: Readonly<Record<string, unknown>>): object;
}

/** Defines input fields that are computed from options. `input` throws UsageError when the options contradict each other. */
export function part<const Described extends Options>(options: Described, input: (values: Values<Described>) => object): Part {
  return { options, input: (values) => input(values as Values<Described>) };
}

interface Performing<Input, Value> extends Omit<OperatorCommand, 'plan' | 'options' | 'complete'> {
  readonly operation: Operation<Input, Value>;
  /** Options by fields of the operation's input, whose schema supplies types and defaults. */
  readonly options?: { readonly [Field in keyof Input]?: Options[string] };
  readonly parts?: readonly Part[];
  readonly answer: (value: Value) => Answer;
}

/** Defines a command that performs one operation, with a function that turns its value into the result. */
export function answering<Input, Value>(definition: Performing<Input, Value>): OperatorCommand {
  const { operation, options: fields = {}, parts = [], answer, ...described } = definition;
  const partOptions: Options = Object.assign({}, ...parts.map((one) => one.options));
  const options: Options = { ...fields, ...partOptions };
  return {
    ...described,
    options,
    complete: () => ({ ...completeOptions(fields, operation.input), ...partOptions }),
    plan(values) {
      const input = Object.assign(pick(values, fields), ...parts.map((one) => one.input(pick(values, one.options))));
      const problem = findProblem({ schema: operation.input, options, input });
      if (problem !== null) return { offline: async () => refuse(reject('input-refused', { problem })) };
      return async (context) => {
        const result = await perform(operation, input, context);
        return result.ok ? done(answer(result.value)) : result;
      };
    },
  };
}

function pick(values: Readonly<Record<string, unknown>>, options: Options): Record<string, unknown> {
  return Object.fromEntries(Object.keys(options).map((name) => [name, values[name]]));
}

/** Finds the first problem of the input, with the name of the option that was typed; null for none. */
function findProblem(typed: { schema: Operation<unknown, unknown>['input']; options: Options; input: object }): string | null {
  const { schema, options, input } = typed;
  const issue = schema.safeParse(input).error?.issues[0];
  if (issue === undefined) return null;
  const [field = ''] = issue.path;
  const option = options[String(field)];
  if (option === undefined) return `${issue.path.join('.') || 'the command'}: ${issue.message}`;
  const value: unknown = Object.entries(input).find(([name]) => name === field)?.[1];
  const isShown = typeof value === 'string' || typeof value === 'number';
  return `${option.flags.split(' ')[0]}: ${issue.message}${isShown ? `, found ${JSON.stringify(value)}` : ''}`;
}

/** Defines a command that performs one operation and prints lines about its value. */
export function saying<Input, Value extends object>(
  definition: Omit<Performing<Input, Value>, 'answer'> & {
    /** What a person reads. */
    readonly say: (value: Value) => readonly string[];
    /** The JSON, instead of the operation's value. */
    readonly json?: (value: Value) => Answer['json'];
    readonly isBare?: boolean;
  },
): OperatorCommand {
  const {
    say,
    json = (value): Answer['json'] => Object.fromEntries(Object.entries(value)),
    isBare = false,
    ...command
  } = definition;
  return answering({ ...command, answer: (value) => ({ json: json(value), lines: say(value), isBare }) });
}

/** Defines a command that prints the rows of an operation as a table. */
export function listing<Input, Row extends object>(
  definition: Omit<Performing<Input, readonly Row[]>, 'answer'> & {
    /** Cell functions by column name. */
    readonly columns: Readonly<Record<string, (row: Row) => string | number | Date | null>>;
  },
): OperatorCommand {
  const { columns, ...command } = definition;
  return answering({ ...command, answer: (rows) => ({ json: { rows }, lines: formatTable(rows, columns) }) });
}
