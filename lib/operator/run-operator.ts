import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { openDatabase } from '@/db/client';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '@/lib/operations/context';
import { openKeyring } from '@/lib/operations/keys/keyring';
import type { Result } from '@/lib/operations/operation';
import { localMasterKey, readMasterSecret } from '@/lib/signing/master-key';
import type { Answer, OfflinePlan, Plan } from './command-line/command';
import { UsageError } from './command-line/command';
import { findCommand, parseArguments } from './command-line/parse-arguments';
import { writeCommandHelp, writeOverview } from './command-line/write-help';
import { COMMANDS } from './commands/all-commands';
import { SettingsError } from './launch/settings';
import { withDatabase } from './with-database';

/** What a call of the command line came to. */
export interface Outcome {
  /** 0 done, 1 refused, 2 usage, 3 fault. */
  readonly exitStatus: 0 | 1 | 2 | 3;
  readonly stdout: string;
  readonly stderr: string;
}

interface Failure {
  readonly code: string;
  readonly [member: string]: unknown;
}

function succeed(lines: readonly string[]): Outcome {
  return { exitStatus: 0, stdout: `${lines.join('\n')}\n`, stderr: '' };
}

/** A call that failed: an object on standard output for programs, lines on standard error for people. */
function fail(exitStatus: 1 | 2 | 3, call: { isJson: boolean; failure: Failure; lines: readonly string[] }): Outcome {
  const { isJson, failure, lines } = call;
  if (isJson) return { exitStatus, stdout: `${JSON.stringify({ ok: false, ...failure })}\n`, stderr: '' };
  return { exitStatus, stdout: '', stderr: `${lines.join('\n')}\n` };
}

function misuse(isJson: boolean, { message, help }: { message: string; help: readonly string[] }): Outcome {
  return fail(2, { isJson, failure: { code: 'usage', cause: message }, lines: [`${message}.`, '', ...help] });
}

/** Performs a command as the operator, on the portal's database where it needs one. */
function act(plan: Plan | OfflinePlan): Promise<Result<Answer>> {
  if (typeof plan !== 'function') return plan.offline();
  return withDatabase(async ({ appUrl, masterKey }) => {
    const pool = openDatabase({ url: appUrl, connections: 2, prepare: process.env.DATABASE_PREPARE !== 'false' });
    const keyring = openKeyring(pool.db, localMasterKey(readMasterSecret(masterKey)));
    const actor = { role: 'operator', label: 'operator' } as const;
    const context: OperationContext = { db: pool.db, keyring, actor, via: 'command-line' };
    return plan(context).finally(() => pool.close());
  });
}

function report(isJson: boolean, result: Result<Answer>): Outcome {
  if (!result.ok) {
    const { code, facts } = result.rejection;
    const { cause, fix } = explain(result.rejection);
    return fail(1, { isJson, failure: { code, cause, fix, facts }, lines: [`Refused: ${code}`, cause, fix] });
  }
  const { json, lines, isRefused = false, isBare = false } = result.value;
  const outcome = succeed(isJson ? [JSON.stringify(isBare ? json : { ok: !isRefused, ...json })] : lines);
  return isRefused ? { ...outcome, exitStatus: 1 } : outcome;
}

function reportFault(isJson: boolean, error: unknown): Outcome {
  if (error instanceof SettingsError) {
    return fail(1, { isJson, failure: { code: 'settings', cause: error.message }, lines: [error.message] });
  }
  const event = randomBytes(4).toString('hex');
  const words = `Something went wrong that is not yours to mend. Report it with what stands above: event ${event}.`;
  const outcome = fail(3, { isJson, failure: { code: 'fault', event }, lines: [words] });
  return { ...outcome, stderr: `event ${event} ${inspect(error)}\n${outcome.stderr}` };
}

function help(isJson: boolean, topic: readonly string[]): Outcome {
  const found = findCommand(COMMANDS, topic);
  if (found !== null) return succeed(writeCommandHelp(found.command));
  if (topic.length === 0) return succeed(writeOverview(COMMANDS));
  return misuse(isJson, { message: `expected a command, found ${topic.join(' ')}`, help: writeOverview(COMMANDS) });
}

/** Carries out a command line; never throws. */
export async function runOperator(typedWords: readonly string[]): Promise<Outcome> {
  const isJson = typedWords.includes('--json');
  const words = typedWords.filter((word) => word !== '--json');
  if (['help', '--help', '-h'].includes(words[0] ?? '')) return help(isJson, words.slice(1));
  const found = findCommand(COMMANDS, words);
  if (found === null) {
    const message = words.length === 0 ? 'expected a command' : `expected a command, found ${words.slice(0, 2).join(' ')}`;
    return misuse(isJson, { message, help: writeOverview(COMMANDS) });
  }
  try {
    const { typed, wantsHelp } = parseArguments(found.command, found.rest);
    if (wantsHelp) return succeed(writeCommandHelp(found.command));
    return report(isJson, await act(found.command.plan(typed)));
  } catch (error) {
    if (error instanceof UsageError) return misuse(isJson, { message: error.message, help: writeCommandHelp(found.command) });
    return reportFault(isJson, error);
  }
}
