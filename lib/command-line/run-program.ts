import type { Command } from './command';
import { UsageError } from './command';
import type { Described } from './parse-words';
import { helpOn, parseWords } from './parse-words';

/** Output and exit status of a call. */
export interface Outcome {
  /** 0 done, 1 refused, 2 usage, 3 fault. */
  readonly exitStatus: 0 | 1 | 2 | 3;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a call ended: an object for programs, which is printed with `--json`, and lines for people. */
export interface Ending {
  readonly exitStatus: Outcome['exitStatus'];
  readonly json: object;
  readonly lines: readonly string[];
  /** The lines go to standard output. Default: when the exit status is 0. */
  readonly isAnswer?: boolean;
  /** Goes to standard error, with and without `--json`. */
  readonly log?: string;
}

/** A command line: its name, its commands, and how they are performed. */
export interface Program<Plan> extends Described {
  readonly commands: readonly Command<Plan>[];
  /** @throws UsageError, or a fault */
  perform(plan: Plan): Promise<Ending>;
  /** The JSON for a call that cannot be parsed. */
  describeMisuse(message: string): object;
  describeFault(error: unknown): Ending;
}

function print(isJson: boolean, ending: Ending): Outcome {
  const { exitStatus, json, lines, log = '', isAnswer = exitStatus === 0 } = ending;
  if (isJson) return { exitStatus, stdout: `${JSON.stringify(json)}\n`, stderr: log };
  const text = `${lines.join('\n')}\n`;
  return isAnswer ? { exitStatus, stdout: text, stderr: log } : { exitStatus, stdout: '', stderr: `${log}${text}` };
}

function printHelp(text: string): Outcome {
  return { exitStatus: 0, stdout: text, stderr: '' };
}

/** Performs a call; never throws. `--json` may stand anywhere in it. */
export async function runProgram<Plan>(program: Program<Plan>, argv: readonly string[]): Promise<Outcome> {
  const { commands } = program;
  const isJson = argv.includes('--json');
  const words = argv.filter((word) => word !== '--json');
  const isHelp = ['help', '--help', '-h'].includes(words[0] ?? '');
  const topic = isHelp ? words.slice(1) : words;
  try {
    if (isHelp && topic.length === 0) return printHelp(helpOn(program, commands, []));
    const parsed = parseWords(program, commands, isHelp ? [...topic, '--help'] : topic);
    if (parsed === null) return printHelp(helpOn(program, commands, topic));
    return print(isJson, await program.perform(parsed.command.plan(parsed.values)));
  } catch (error) {
    if (!(error instanceof UsageError)) return print(isJson, program.describeFault(error));
    const lines = [`${error.message}.`, '', helpOn(program, commands, topic).trimEnd()];
    return print(isJson, { exitStatus: 2, json: program.describeMisuse(error.message), lines });
  }
}
