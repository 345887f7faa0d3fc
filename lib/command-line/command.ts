/** Reads the text of an option. */
export interface Reader<Value> {
  /** What it reads, as it follows "expected". */
  readonly expects: string;
  /** Undefined for a text that is not what it expects. */
  read(text: string): Value | undefined;
  /** Writes what it reads, for the help. */
  write?(value: Value): string;
}

/** One option or argument of a command, described once: the parser, the help and the errors are made from it. */
export interface Option {
  /** `--seats N` takes a value, `--preview` is a switch, `--no-offline` is true unless typed; `ID` is an argument, `FILE…` takes several. */
  readonly flags: string;
  readonly help: string;
  readonly isRequired?: boolean;
  /** It may be typed several times. */
  readonly isRepeated?: boolean;
  /** Default: the text as it was typed. */
  readonly reader?: Reader<unknown>;
  /** The default, as the help shows it. */
  readonly fallback?: string;
}

export type Options = Readonly<Record<string, Option>>;

type Read<One> = One extends { reader: Reader<infer Value> } ? Value : string;
type ValueOf<One extends Option> = One extends { flags: `--${string}` }
  ? One extends { flags: `--${string} ${string}` }
    ? One extends { isRepeated: true }
      ? readonly Read<One>[]
      : One extends { isRequired: true }
        ? Read<One>
        : Read<One> | undefined
    : boolean
  : One extends { flags: `${string}…` }
    ? readonly string[]
    : string;

/** What was typed, by the names of the options. */
export type Values<Described extends Options> = { readonly [Name in keyof Described]: ValueOf<Described[Name]> };

/** Words, summary and example of a command. */
interface Definition {
  /** One word to three, such as `entitlement create`. */
  readonly words: string;
  readonly summary: string;
  /** What is typed after the words, for the help. */
  readonly example: string;
}

export interface Command<Plan> extends Definition {
  readonly options: Options;
  /** Computes the options with all details, where that takes time; `options` when absent. */
  complete?(): Options;
  /**
   * Turns the typed values into a plan, and reads the files they name.
   *
   * @throws UsageError
   */
  plan(values: Readonly<Record<string, unknown>>): Plan;
}

/** Defines a command whose values have the types that its options say. */
export function command<const Described extends Options, Plan>(
  definition: Definition & { readonly options: Described; plan(values: Values<Described>): Plan },
): Command<Plan> {
  // The parser has read each value by the very option that its type is taken from.
  return { ...definition, plan: (values) => definition.plan(values as Values<Described>) };
}

/** A command line that cannot be understood. The message says what was expected and what was found. */
export class UsageError extends Error {
  override name = 'UsageError';
}
