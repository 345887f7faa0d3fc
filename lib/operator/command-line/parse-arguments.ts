import { parseArgs } from 'node:util';
import type { Command, Typed } from './command';
import { UsageError } from './command';

const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** Finds the command that the first words name. */
export function findCommand(commands: readonly Command[], words: readonly string[]): { command: Command; rest: string[] } | null {
  for (const length of [3, 2, 1]) {
    const command = commands.find(({ name }) => name === words.slice(0, length).join(' '));
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  return null;
}

type Values = Readonly<Record<string, unknown>>;

function parse(command: Command, rest: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.entries(command.options).map(([name, { type, multiple }]) => [
    name,
    { type, multiple: multiple ?? false },
  ]);
  try {
    return parseArgs({ args: [...rest], options: { ...Object.fromEntries(options), ...COMMON }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function checkPositionals({ positionals: expected = '' }: Command, found: readonly string[]): void {
  const isMany = expected.endsWith('…');
  const least = expected === '' ? 0 : 1;
  if (found.length < least) throw new UsageError(`expected ${expected}, found nothing`);
  if (found.length > least && !isMany) throw new UsageError(`expected nothing more, found ${JSON.stringify(found[least])}`);
}

function checkRequired({ options }: Command, values: Values): void {
  const missing = Object.entries(options).find(([name, option]) => option.required === true && values[name] === undefined);
  if (missing !== undefined) throw new UsageError(`expected --${missing[0]} ${missing[1].value ?? ''}`.trimEnd());
}

/**
 * Reads what follows a command's name.
 *
 * @throws UsageError for an option that is unknown, missing or without its value, and for arguments too few or too many
 */
export function parseArguments(command: Command, rest: readonly string[]): { typed: Typed; wantsHelp: boolean } {
  const { values, positionals } = parse(command, rest);
  const wantsHelp = values.help === true;
  if (!wantsHelp) {
    checkPositionals(command, positionals);
    checkRequired(command, values);
  }
  const text = (option: string) => {
    const value = values[option];
    return typeof value === 'string' ? value : undefined;
  };
  const texts = (option: string) => {
    const value = values[option];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  };
  const number = (option: string) => {
    const value = text(option);
    if (value === undefined) return undefined;
    if (!/^\d{1,12}$/.test(value)) throw new UsageError(`expected a number for --${option}, found ${JSON.stringify(value)}`);
    return Number(value);
  };
  return { typed: { text, texts, number, flag: (option) => values[option] === true, positionals }, wantsHelp };
}
