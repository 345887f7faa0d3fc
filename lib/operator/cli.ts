import { randomBytes } from 'node:crypto';
import { openDatabase } from '@/db/client';
import { explain } from '@/lib/licensing/rejection';
import type { OperationContext } from '@/lib/operations/context';
import { openKeyring } from '@/lib/operations/keyring';
import type { Result } from '@/lib/operations/operation';
import { localMasterKey, readMasterSecret } from '@/lib/signing/master-key';
import { COMMANDS } from './commands/all-commands';
import type { Answer, Plan } from './commands/command';
import { UsageError } from './commands/command';
import { findCommand, parseArguments } from './commands/parse-arguments';
import { writeCommandHelp, writeOverview } from './commands/write-help';
import { SettingsError } from './settings';
import { withDatabase } from './with-database';

type ExitStatus = 0 | 1 | 2 | 3;

const words = process.argv.slice(2);
const isJson = words.includes('--json');

function print(lines: readonly string[]): void {
  console.log(lines.join('\n'));
}

function printJson(object: Readonly<Record<string, unknown>>): void {
  console.log(JSON.stringify(object));
}

function complain(object: { code: string; [member: string]: unknown }, lines: readonly string[]): void {
  if (isJson) printJson({ ok: false, ...object });
  else console.error(lines.join('\n'));
}

function misuse(message: string, help: readonly string[]): ExitStatus {
  complain({ code: 'usage', cause: message }, [`${message}.`, '', ...help]);
  return 2;
}

/** Performs a command as the operator, on the portal's database. */
function act(plan: Plan): Promise<Result<Answer>> {
  return withDatabase(async ({ appUrl, masterKey }) => {
    const pool = openDatabase({ url: appUrl, connections: 2, prepare: process.env.DATABASE_PREPARE !== 'false' });
    const keyring = openKeyring(pool.db, localMasterKey(readMasterSecret(masterKey)));
    const actor = { role: 'operator', label: 'operator' } as const;
    const context: OperationContext = { db: pool.db, keyring, actor, via: 'command-line' };
    return plan(context).finally(() => pool.close());
  });
}

function report(result: Result<Answer>): ExitStatus {
  if (!result.ok) {
    const { code, facts } = result.rejection;
    const { cause, fix } = explain(result.rejection);
    complain({ code, cause, fix, facts }, [`Refused: ${code}`, cause, fix]);
    return 1;
  }
  const { json, lines, isRefused = false } = result.value;
  if (isJson) printJson({ ok: !isRefused, ...json });
  else print(lines);
  return isRefused ? 1 : 0;
}

function reportFault(error: unknown): ExitStatus {
  if (error instanceof SettingsError) {
    complain({ code: 'settings', cause: error.message }, [error.message]);
    return 1;
  }
  const event = randomBytes(4).toString('hex');
  console.error(`event ${event}`, error);
  complain({ code: 'fault', event }, [
    `Something went wrong that is not yours to mend. Report it with what stands above: event ${event}.`,
  ]);
  return 3;
}

function help(topic: readonly string[]): ExitStatus {
  const found = findCommand(COMMANDS, topic);
  if (topic.length > 0 && found === null) return misuse(`expected a command, found ${topic.join(' ')}`, writeOverview(COMMANDS));
  print(found === null ? writeOverview(COMMANDS) : writeCommandHelp(found.command));
  return 0;
}

async function main(): Promise<ExitStatus> {
  const spoken = words.filter((word) => word !== '--json');
  if (spoken.length === 0) return misuse('expected a command', writeOverview(COMMANDS));
  if (['help', '--help', '-h'].includes(spoken[0] ?? '')) return help(spoken.slice(1));
  const found = findCommand(COMMANDS, spoken);
  if (found === null) return misuse(`expected a command, found ${spoken.slice(0, 2).join(' ')}`, writeOverview(COMMANDS));
  try {
    const { typed, wantsHelp } = parseArguments(found.command, found.rest);
    if (wantsHelp) return help(spoken.slice(0, 2));
    return report(await act(found.command.plan(typed)));
  } catch (error) {
    if (error instanceof UsageError) return misuse(error.message, writeCommandHelp(found.command));
    return reportFault(error);
  }
}

process.exitCode = await main();
