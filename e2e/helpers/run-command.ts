import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** How a command line ended. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the product's command lines in a folder, as `npm run -s` would from there. */
export function runCommand(input: {
  file: 'lib/device/cli.ts' | 'lib/operator/cli.ts';
  parameters: readonly string[];
  folder: string;
  environment?: Readonly<Record<string, string>>;
}): Promise<CommandResult> {
  const { file, parameters, folder, environment } = input;
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [join(ROOT, 'lib/operator/run-typescript.mjs'), file, ...parameters], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once('error', fail);
    child.once('close', (code) => settle({ exitCode: code ?? 1, stdout, stderr }));
  });
}
