import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import type { Ending, Outcome, Program } from '@/lib/command-line/run-program';
import { runProgram } from '@/lib/command-line/run-program';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { OperationContext } from '@/lib/operations/context';
import type { Result } from '@/lib/operations/operation';
import { SettingsError } from '@/lib/settings/settings-error';
import { COMMANDS } from './commands/all-commands';
import type { Answer, Plan } from './commands/perform-command';

/** Performs a command as the operator, on the portal's database where it needs one; the modules for that are loaded only then. */
async function act(plan: Plan): Promise<Result<Answer>> {
  if (typeof plan !== 'function') return plan.offline();
  const { withDatabase } = await import('./with-database');
  const { openDatabase } = await import('@/db/client');
  const { openKeyring } = await import('@/lib/operations/keys/keyring');
  const { localMasterKey, readMasterSecret } = await import('@/lib/signing/master-key');
  return withDatabase(async ({ appUrl, prepare, masterKey }) => {
    const pool = openDatabase({ url: appUrl, connections: 2, prepare });
    const keyring = openKeyring(pool.db, localMasterKey(readMasterSecret(masterKey)));
    const actor = { role: 'operator', label: 'operator' } as const;
    const context: OperationContext = { db: pool.db, keyring, actor, via: 'command-line' };
    return plan(context).finally(() => pool.close());
  });
}

function report(result: Result<Answer>): Ending {
  if (!result.ok) {
    const { code, facts } = result.rejection;
    const { cause, fix } = explain(result.rejection);
    return { exitStatus: 1, json: { ok: false, code, cause, fix, facts }, lines: [`Refused: ${code}`, cause, fix] };
  }
  const { json, lines, isRefused = false, isBare = false } = result.value;
  return { exitStatus: isRefused ? 1 : 0, json: isBare ? json : { ok: !isRefused, ...json }, lines, isAnswer: true };
}

function describeFault(error: unknown): Ending {
  if (error instanceof SettingsError)
    return { exitStatus: 1, json: { ok: false, code: 'settings', cause: error.message }, lines: [error.message] };
  const event = randomBytes(4).toString('hex');
  return {
    exitStatus: 3,
    json: { ok: false, code: 'fault', event },
    lines: [`Something went wrong that is not yours to mend. Report it with what stands above: event ${event}.`],
    log: `event ${event} ${inspect(error)}\n`,
  };
}

const OPERATOR: Program<Plan> = {
  calledAs: 'npm run -s airgate --',
  summary: 'The operator’s side of Airgate: everything the vendor sets up, and the exchange of files without a browser.',
  notes: [
    'Exit status: 0 done, 1 refused (code, cause and fix are said), 2 usage, 3 fault.',
    'Works on the portal that runs, on DATABASE_URL, or on the embedded database, which is then started for the command.',
  ],
  commands: COMMANDS,
  perform: async (plan) => report(await act(plan)),
  describeMisuse: (cause) => ({ ok: false, code: 'usage', cause }),
  describeFault,
};

/** Runs a command line; never throws. */
export function runOperator(words: readonly string[]): Promise<Outcome> {
  return runProgram(OPERATOR, words);
}
