import { ZodError } from 'zod';
import { UsageError } from '@/lib/command-line/command';
import type { Program } from '@/lib/command-line/run-program';
import { runProgram } from '@/lib/command-line/run-program';
import { OtherVendorError } from '../request-activation';
import type { Call } from './commands';
import { COMMANDS } from './commands';

/** The output and the exit status of a call. */
export interface Ending {
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly stdout: string;
  readonly stderr: string;
}

/** Describes the first input that does not fit the format, by its path. */
function problemOf({ issues: [issue] }: ZodError): string {
  return `expected other input for ${issue?.path.join('.') || 'the call'}: ${issue?.message ?? 'it does not fit the format'}`;
}

function toUsageError(error: unknown): never {
  if (error instanceof ZodError) throw new UsageError(problemOf(error), { cause: error });
  if (error instanceof OtherVendorError) throw new UsageError(error.message, { cause: error });
  throw error;
}

function programIn(environment: Readonly<Record<string, string | undefined>>): Program<Call> {
  return {
    calledAs: 'npm run -s device --',
    summary: 'The offline machine: writes activation requests, applies the answers, gives the seat back.',
    notes: [
      'What is for tests is not built into what you sell (docs/formats/native.md, for vendors), and AIRGATE_DEVICE_TEST=off refuses it.',
      'Exit status: 0 done, or the software may run; 1 refused, with the code; 2 wrong call; 3 fault.',
    ],
    commands: COMMANDS,
    perform: (call) => call(environment.AIRGATE_DEVICE_TEST !== 'off').catch(toUsageError),
    describeMisuse: (message) => ({ ok: false, error: 'usage', message }),
    describeFault(error) {
      const message = error instanceof Error ? error.message : String(error);
      return { exitStatus: 3, json: { ok: false, error: 'fault', message }, lines: [`fault: ${message}`] };
    },
  };
}

/** Runs the command line of the offline machine. Never throws. */
export async function runDevice(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Ending> {
  const { exitStatus: exitCode, stdout, stderr } = await runProgram(programIn(environment), argv);
  return { exitCode, stdout, stderr };
}
