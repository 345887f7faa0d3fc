import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROUNDS = 20_000;

test('encrypting goes on however often garbage is collected meanwhile', { timeout: 60_000 }, () => {
  // The least of a young generation: it is collected some hundred times.
  const program = fileURLToPath(new URL('./testing/encrypt-often.ts', import.meta.url));
  const engine = ['--max-semi-space-size=1', '--import', import.meta.resolve('tsx')];
  const { status, signal, stderr } = spawnSync(process.execPath, [...engine, program, String(ROUNDS)], {
    encoding: 'utf8',
    timeout: 45_000,
    killSignal: 'SIGKILL',
  });
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
});
