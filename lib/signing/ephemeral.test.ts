import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const ROUNDS = 20_000;

test('encrypting goes on however often garbage is collected meanwhile', async ({ signal }) => {
  // The least of a young generation: it is collected some hundred times.
  const program = fileURLToPath(new URL('./testing/encrypt-often.ts', import.meta.url));
  const engine = ['--max-semi-space-size=1', '--import', import.meta.resolve('tsx')];
  // One that stands still is ended with the test.
  const ended = run(process.execPath, [...engine, program, String(ROUNDS)], { signal, killSignal: 'SIGKILL' });
  expect(await ended).toEqual({ stdout: '', stderr: '' });
});
