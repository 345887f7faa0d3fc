import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from './root';

const run = promisify(execFile);

/** Starts the portal as a person does, with settings that it cannot be started with. @param signal ends one that starts all the same */
function start(environment: Readonly<Record<string, string>>, signal: AbortSignal) {
  return run(process.execPath, [join(ROOT, 'lib/operator/start.mjs')], {
    cwd: ROOT,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, ...environment },
    signal,
  });
}

test('a start with wrong settings ends at once, names all of them, and prints no secret', async ({ signal }) => {
  const folder = mkdtempSync(join(tmpdir(), 'airgate-start-'));
  const secret = 'pa55word';
  const wrong = {
    DATA_DIR: join(folder, 'data'),
    NEXTAUTH_URL: 'portal.example.com',
    TRUST_PROXY: 'yes',
    SMTP_URL: `smtps://user:${secret}#1@mail.example.com`,
    DATABASE_URL: `postgres://airgate:${secret}@db.example/airgate?schema=public`,
  };
  const { code, stdout, stderr } = await start(wrong, signal).then(
    () => Promise.reject(new Error('expected that it ends, found that it started')),
    (ended: { code: number; stdout: string; stderr: string }) => ended,
  );
  expect(code).toBe(1);
  const named = stderr.trim().split('\n');
  expect(named.map((line) => line.split(':')[0])).toEqual(['DATABASE_URL', 'NEXTAUTH_URL', 'SMTP_URL', 'TRUST_PROXY']);
  expect(stdout + stderr).not.toContain(secret);
  expect(existsSync(join(folder, 'data'))).toBe(false);
  rmSync(folder, { recursive: true });
});
