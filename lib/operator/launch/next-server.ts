import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { formatHost } from '@/lib/settings/read-address';
import { SettingsError } from '@/lib/settings/settings-error';
import { webEnvironment } from '@/lib/settings/web-environment';
import { ENGINE_FLAGS } from './engine-flags';
import { ROOT } from './root';

/** The web server, a process of its own. */
export interface NextServer {
  readonly pid: number;
  /** Settles when it ends. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Checks that the portal can listen on the configured address. @throws SettingsError */
export function checkAddress({ host, port }: { host: string | null; port: number }): Promise<void> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', (error) => fail(explainAddress(error, { host, port })));
    probe.listen(port, host ?? undefined, () => probe.close(() => settle()));
  });
}

function explainAddress(cause: Error, { host, port }: { host: string | null; port: number }): SettingsError {
  const code = 'code' in cause ? cause.code : '';
  if (code === 'EADDRINUSE')
    return new SettingsError(`Port ${port} is in use. Choose another: PORT=${port + 1} npm start`, { cause });
  if (code === 'EACCES')
    return new SettingsError(`PORT: expected a port that this user may listen on, found ${port}.`, { cause });
  return new SettingsError(
    `HOST: expected an address of this machine to listen on, found ${host ?? 'none'} (${cause.message}).`,
    { cause },
  );
}

/** Starts the web server and waits until its sign-in page answers. Its console is ours: one-time codes are printed there when no mail is set up. */
export async function startNext(input: {
  mode: 'start' | 'dev';
  port: number;
  /** Every address of the machine where it is left out. */
  host?: string | null;
  environment: Readonly<Record<string, string>>;
}): Promise<NextServer> {
  const { mode, port, host = null, environment } = input;
  const preload = join(ROOT, 'lib/operator/launch/exit-with-parent.mjs');
  const flags = mode === 'start' ? ENGINE_FLAGS : [];
  const listenOn = host === null ? [] : ['--hostname', host];
  const child = spawn(
    process.execPath,
    [...flags, '--import', preload, join(ROOT, 'node_modules/next/dist/bin/next'), mode, '--port', String(port), ...listenOn],
    {
      cwd: ROOT,
      env: {
        ...webEnvironment(environment),
        NODE_ENV: mode === 'dev' ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
      },
      // In a process group of its own: Ctrl-C reaches the launcher alone, which stops the server before the database.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const endGreeting = forwardConsole(child);
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  await waitUntilAnswers(child, `http://${host === null ? '127.0.0.1' : formatHost(host)}:${port}/sign-in`);
  endGreeting();
  return { pid: child.pid ?? 0, ended, stop: () => stopChild(child, ended) };
}

/** Forwards the server's console without the greeting of Next.js, since the launcher prints its own. @returns a function that ends the filtering */
function forwardConsole(child: ChildProcess): () => void {
  let isGreeting = true;
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = chunk.toString().split(/(?<=\n)/);
    for (const line of lines) {
      if (!(isGreeting && /^\s*$|^\s*(?:▲|-|✓|○)/.test(line))) process.stdout.write(line);
    }
  });
  return () => {
    isGreeting = false;
  };
}

async function waitUntilAnswers(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  let found = 'nothing';
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(60_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    if (answer !== null) found = `status ${answer.status}`;
    if (Date.now() > deadline)
      throw new Error(`expected the sign-in page to answer with status 200 within two minutes, found ${found}`);
    await delay(100);
  }
  throw new Error('expected the web server to start, found that it ended; what it printed is above');
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(forced);
}
