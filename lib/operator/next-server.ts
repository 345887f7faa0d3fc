import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ENGINE_FLAGS } from './engine-flags';
import { ROOT } from './settings';

/** The web server, a process of its own. */
export interface NextServer {
  readonly pid: number;
  /** Settles when it ends. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Says whether nobody listens on the port yet. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once('error', () => settle(false));
    probe.listen(port, () => probe.close(() => settle(true)));
  });
}

/** Starts the web server and waits until it answers. Its console is ours: one-time codes are printed there when no mail is set up. */
export async function startNext(input: {
  mode: 'start' | 'dev';
  port: number;
  environment: Readonly<Record<string, string>>;
}): Promise<NextServer> {
  const { mode, port, environment } = input;
  const preload = join(ROOT, 'lib/operator/exit-with-parent.mjs');
  const flags = mode === 'start' ? ENGINE_FLAGS : [];
  const child = spawn(
    process.execPath,
    [...flags, '--import', preload, join(ROOT, 'node_modules/next/dist/bin/next'), mode, '--port', String(port)],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: mode === 'dev' ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        ...environment,
      },
      // In a group of its own: Ctrl-C reaches it through us, after which the database may go.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const endGreeting = forwardConsole(child);
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  await waitUntilAnswers(child, port);
  endGreeting();
  return { pid: child.pid ?? 0, ended, stop: () => stopChild(child, ended) };
}

/** Passes the server's console on, without the lines in which Next.js greets until it answers: the launcher says more then. */
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

async function waitUntilAnswers(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual', signal: AbortSignal.timeout(60_000) }).catch(
      () => null,
    );
    if (answer !== null) return;
    if (Date.now() > deadline) throw new Error('expected the web server to answer within two minutes, found nothing');
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
