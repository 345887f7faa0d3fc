import { ZodError } from 'zod';
import { OtherVendorError } from '../request-activation';
import { readCall } from './read-call';
import { runCommand } from './run-command';
import { USAGE, UsageError } from './usage';

/** What a call leaves on the two streams, and its exit status. */
export interface Ending {
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly stdout: string;
  readonly stderr: string;
}

/** Input that does not fit the format: named by its place, so that the person who typed it finds it. */
function problemOf(error: ZodError): string {
  const [issue] = error.issues;
  return `expected other input for ${issue?.path.join('.') || 'the call'}: ${issue?.message ?? 'it does not fit the format'}`;
}

function endBadly(error: unknown, asJson: boolean): Ending {
  const isUsage = error instanceof UsageError || error instanceof ZodError || error instanceof OtherVendorError;
  const message = error instanceof ZodError ? problemOf(error) : String(error instanceof Error ? error.message : error);
  const exitCode = isUsage ? 2 : 3;
  if (asJson)
    return { exitCode, stdout: `${JSON.stringify({ ok: false, error: isUsage ? 'usage' : 'fault', message })}\n`, stderr: '' };
  return { exitCode, stdout: '', stderr: isUsage ? `${message}\n\n${USAGE}` : `fault: ${message}\n` };
}

/** Runs the command line of the offline machine. Never throws. */
export async function runDevice(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Ending> {
  const asJson = argv.includes('--json');
  try {
    const call = readCall(argv, environment);
    if (call === null) return { exitCode: 0, stdout: USAGE, stderr: '' };
    const { exitCode, text, json } = await runCommand(call);
    if (asJson) return { exitCode, stdout: `${JSON.stringify(json)}\n`, stderr: '' };
    return exitCode === 0 ? { exitCode, stdout: `${text}\n`, stderr: '' } : { exitCode, stdout: '', stderr: `${text}\n` };
  } catch (error) {
    return endBadly(error, asJson);
  }
}
