import { Argument, CommanderError, Option as ParsedOption, Command as Parser } from 'commander';
import type { Command, Option, Options } from './command';
import { UsageError } from './command';
import { readText, writeChoice } from './readers';

/** Name, summary and notes of a program, for its help. */
export interface Described {
  /** How it is called, such as `npm run -s device --`. */
  readonly calledAs: string;
  readonly summary: string;
  /** Printed below every help text. */
  readonly notes: readonly string[];
}

const SHORT_LIST = 6;
const JSON_OPTION: Option = { flags: '--json', help: 'Print one JSON object.' };

function isNamed({ flags }: Option): boolean {
  return flags.startsWith('--');
}

function flagOf({ flags }: Option): string {
  return flags.split(' ')[0] ?? flags;
}

function describeOption({ help, isRequired, isRepeated, fallback }: Option): string {
  const notes = [
    isRequired === true ? 'required' : '',
    isRepeated === true ? 'may be repeated' : '',
    fallback === undefined ? '' : `default ${fallback}`,
  ];
  const said = notes.filter((note) => note !== '').join(', ');
  return said === '' ? help : `${help} (${said})`;
}

function toParsedOption(option: Option): ParsedOption {
  const { flags, reader, isRepeated = false } = option;
  const [flag = '', value] = flags.split(' ');
  const read = (text: string) => (reader === undefined ? text : readText(reader, text, flag));
  const parsed = new ParsedOption(value === undefined ? flag : `${flag} <${value}>`, describeOption(option));
  if (value === undefined) return parsed;
  return parsed.argParser((text: string, before: unknown) =>
    isRepeated ? [...(Array.isArray(before) ? before : []), read(text)] : read(text),
  );
}

/** The name under which the parser stores its value. */
function keyOf(option: Option): string {
  return toParsedOption(option).attributeName();
}

function optionsOf(command: Command<unknown>): Options {
  return command.complete?.() ?? command.options;
}

function argumentOf({ options }: Command<unknown>): Option | undefined {
  return Object.values(options).find((option) => !isNamed(option));
}

/** Adds the parser of one command to that of its program. */
function parserOf(root: Parser, command: Command<unknown>, options: Options): Parser {
  const { words, summary, example } = command;
  const argument = argumentOf(command);
  const parser = root.createCommand(words).copyInheritedSettings(root);
  parser.description(summary).usage(argument === undefined ? '[OPTION…]' : `${argument.flags} [OPTION…]`);
  if (argument !== undefined) parser.addArgument(new Argument(`<${argument.flags.replace('…', '...')}>`, argument.help));
  for (const option of [...Object.values(options).filter(isNamed), JSON_OPTION]) parser.addOption(toParsedOption(option));
  parser.addHelpText('after', `\nExample:\n  ${[root.name(), words, example].filter((part) => part !== '').join(' ')}`);
  root.addCommand(parser);
  return parser;
}

function rootOf({ calledAs, summary, notes }: Described): Parser {
  return new Parser(calledAs)
    .description(summary)
    .usage('COMMAND [OPTION…]')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
    .configureHelp({
      helpWidth: process.stdout.columns || 130,
      optionTerm: ({ flags }) => flags.replaceAll(/[<>]/g, ''),
      subcommandTerm: (parser) => `${parser.name()} ${parser.usage().replace('[OPTION…]', '')}`.trimEnd(),
    })
    .helpCommand(false)
    .helpOption('-h, --help', 'Say how it is used.')
    .addHelpText('afterAll', `\n${notes.join('\n')}`);
}

/** Formats the help with its additions, which commander includes only in printed output. */
function writeHelp(parser: Parser): string {
  let text = '';
  parser.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  parser.outputHelp();
  return text;
}

/** Finds the command that the first words name. */
function findCommand<Plan>(
  commands: readonly Command<Plan>[],
  words: readonly string[],
): { command: Command<Plan>; rest: readonly string[] } | null {
  for (const length of [3, 2, 1]) {
    const command = commands.find((one) => one.words === words.slice(0, length).join(' '));
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  return null;
}

/** Formats the help of the command that the words name; of the program when they name none. */
export function helpOn(program: Described, commands: readonly Command<unknown>[], words: readonly string[]): string {
  const root = rootOf(program);
  const found = findCommand(commands, words);
  if (found !== null) return writeHelp(parserOf(root, found.command, optionsOf(found.command)));
  for (const command of commands) parserOf(root, command, {});
  root.addHelpText('after', `\nMore on one of them: ${program.calledAs} help COMMAND. Every command takes --json.`);
  return writeHelp(root);
}

/**
 * Finds the command that was typed and reads its options.
 *
 * @returns null when help was asked for
 *
 * @throws UsageError with what was expected, what was found, and the nearest known name
 */
export function parseWords<Plan>(
  program: Described,
  commands: readonly Command<Plan>[],
  typed: readonly string[],
): { command: Command<Plan>; values: Readonly<Record<string, unknown>> } | null {
  const root = rootOf(program);
  const found = findCommand(commands, typed);
  if (found === null) throw unknownCommand(root, commands, typed);
  const { command, rest } = found;
  const options = optionsOf(command);
  const parser = parserOf(root, command, options).action(() => undefined);
  checkValues(options, rest);
  try {
    parser.parse([...rest], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return null;
    throw new UsageError(explain(error, { command, parser }), { cause: error });
  }
  // Commander would report a missing option before a mistyped one.
  const missing = Object.values(options).find((option) => option.isRequired === true && !isTyped(parser, option));
  if (missing !== undefined) throw new UsageError(`expected ${missing.flags}`);
  return { command, values: valuesOf(parser, options) };
}

function isTyped(parser: Parser, option: Option): boolean {
  return !isNamed(option) || parser.getOptionValue(keyOf(option)) !== undefined;
}

function valuesOf(parser: Parser, options: Options): Record<string, unknown> {
  const typed = parser.opts();
  const [argument] = parser.processedArgs;
  const values = Object.entries(options).map(([name, option]) => {
    if (!isNamed(option)) return [name, argument] as const;
    const value: unknown = typed[keyOf(option)];
    if (value === undefined && option.isRepeated === true) return [name, []] as const;
    return [name, value ?? (option.flags.includes(' ') ? undefined : false)] as const;
  });
  return Object.fromEntries(values);
}

/** Refuses an option in the place of another's value: that value was forgotten. */
function checkValues(options: Options, words: readonly string[]): void {
  const takers = Object.values(options).filter((option) => isNamed(option) && option.flags.includes(' '));
  for (const [place, word] of words.entries()) {
    const taker = takers.find((option) => flagOf(option) === word);
    const next = words[place + 1];
    if (taker !== undefined && next !== undefined && /^-./.test(next))
      throw new UsageError(`expected ${taker.flags}, found ${next} (a value that begins so is typed as ${word}=${next})`);
  }
}

/** The nearest known name, which commander appends to its message. */
function hintIn({ message }: CommanderError): string {
  const hint = /\((Did you mean [^)]+)\)/.exec(message)?.[1];
  return hint === undefined ? '' : `; ${hint[0]?.toLowerCase()}${hint.slice(1)}`;
}

function unknownCommand(root: Parser, commands: readonly Command<unknown>[], typed: readonly string[]): UsageError {
  const expected = commands.length > SHORT_LIST ? 'a command' : `one of ${commands.map(({ words }) => words).join(', ')}`;
  const end = typed.findIndex((word) => word.startsWith('-'));
  const words = end === -1 ? typed : typed.slice(0, end);
  const [first] = words;
  if (first === undefined) return new UsageError(`expected ${expected}, found nothing`);
  const longest = Math.max(...commands.map((command) => command.words.split(' ').length));
  const said = words.slice(0, longest).join(' ');
  const beside = commands.filter((command) => command.words.startsWith(`${first} `)).map((command) => command.words);
  if (words.length === 1 && beside.length > 0)
    return new UsageError(`expected ${expected}, found ${said}; did you mean ${writeChoice(beside)}?`);
  for (const command of commands) parserOf(root, command, {});
  try {
    root.parse([said], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return new UsageError(`expected ${expected}, found ${said}${hintIn(error)}`);
    throw error;
  }
  return new UsageError(`expected ${expected}, found ${said}`);
}

/** Rewrites commander's messages as what was expected and what was found. */
function explain(error: CommanderError, { command, parser }: { command: Command<unknown>; parser: Parser }): string {
  const found = /'(.*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return `expected an option of ${command.words}, found '${found}'${hintIn(error)}`;
    case 'commander.optionMissingArgument':
      return `expected ${found.replaceAll(/[<>]/g, '')}, found nothing behind it`;
    case 'commander.missingArgument':
      return `expected ${argumentOf(command)?.flags ?? 'an argument'}, found nothing`;
    case 'commander.excessArguments':
      return `expected nothing more, found ${JSON.stringify(parser.args[parser.registeredArguments.length])}`;
    default:
      return error.message;
  }
}
