import type { OperationContext } from '@/lib/operations/context';
import type { Result } from '@/lib/operations/operation';

/** One option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: true;
  readonly required?: true;
  /** How its value is called in the help; none for a switch. */
  readonly value?: string;
  readonly help: string;
}

/** What was typed after a command's name. */
export interface Typed {
  text(option: string): string | undefined;
  texts(option: string): string[];
  number(option: string): number | undefined;
  flag(option: string): boolean;
  readonly positionals: readonly string[];
}

/** What a command answers: an object for programs, lines for people. `isRefused`: part of it was refused, exit status 1. */
export interface Answer {
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly isRefused?: boolean;
  /** Programs get the object as it stands, without `ok`. */
  readonly isBare?: boolean;
}

export interface Command {
  /** One word to three. */
  readonly name: string;
  readonly summary: string;
  /** Arguments without a name, as the help calls them; `…` at the end takes several. */
  readonly positionals?: string;
  readonly options: Readonly<Record<string, Option>>;
  /**
   * Reads what was typed, and the files it names, before a database is touched.
   *
   * @throws UsageError
   */
  plan(typed: Typed): Plan | OfflinePlan;
}

/** A command that was understood, ready to be carried out. */
export type Plan = (context: OperationContext) => Promise<Result<Answer>>;

/** A command that was understood and needs no database. */
export interface OfflinePlan {
  offline(): Promise<Result<Answer>>;
}

/** A command line that cannot be understood. The message says what was expected. */
export class UsageError extends Error {
  override name = 'UsageError';
}
