import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerUser } from './embedded-user';

// A watcher outside the server's process tree holds the other end of a pipe to this process. When this process ends, for any reason, it requests
// a fast shutdown of the server. After `exec` the server has the process id of this shell.
const GUARDED = 'parent=$$; ( ( read -r _ <&3; kill -INT "$parent" 2>/dev/null ) >/dev/null 2>&1 & ); exec "$@" 3<&-';

/** Starts the server in a session of its own, so that Ctrl-C reaches it only through us. */
export function spawnServer(input: { command: string[]; user: ServerUser | null; cluster: string; log: number }): ChildProcess {
  const { command, user, cluster, log } = input;
  return spawn('/bin/sh', ['-c', GUARDED, 'airgate-postgres', ...command], {
    ...user,
    cwd: cluster,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
}

/** The environment of the server's programs: without variables that would select another server or language. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

interface PidFile {
  readonly pid: number;
  readonly isReady: boolean;
}

/** Reads what the server writes about itself: its process id and, on the eighth line, how far it is. */
function readPidFile(cluster: string): PidFile | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' };
  } catch (error) {
    // A server that ends takes its file away at any moment.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Returns whether a process is running; a zombie is not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

function commandOf(pid: number): string {
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

function isServerOf(cluster: string, pid: number): boolean {
  const arguments_ = `/proc/${pid}/cmdline`;
  const command = existsSync(arguments_) ? readFileSync(arguments_, 'utf8').replaceAll('\0', ' ') : commandOf(pid);
  return command.includes(`-D ${cluster} `) || command.trimEnd().endsWith(`-D ${cluster}`);
}

async function waitForEnd(pid: number, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

/** Stops a server: fast shutdown, and where that takes longer than 20 seconds, immediate shutdown, from which it recovers at its next start. */
export async function stopServer(pid: number): Promise<void> {
  if (!isRunning(pid)) return;
  process.kill(pid, 'SIGINT');
  if (await waitForEnd(pid, 20)) return;
  process.kill(pid, 'SIGQUIT');
  if (await waitForEnd(pid, 20)) return;
  throw new Error(`expected PostgreSQL (process ${pid}) to stop within 40 seconds, found it running`);
}

/** Stops a server that a killed portal left behind on this cluster, and clears the file of one that was killed itself. */
export async function clearOrphan(cluster: string): Promise<void> {
  const found = readPidFile(cluster);
  if (found === null) return;
  if (isRunning(found.pid) && isServerOf(cluster, found.pid)) await stopServer(found.pid);
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Waits until the server accepts connections.
 *
 * @returns false when it ended instead
 */
export async function waitUntilReady(server: ChildProcess, cluster: string): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (server.exitCode === null && server.signalCode === null) {
    const state = readPidFile(cluster);
    if (state !== null && state.pid === server.pid && state.isReady) return true;
    if (Date.now() > deadline) throw new Error('expected PostgreSQL to be ready within 60 seconds, found it still starting');
    await delay(20);
  }
  return false;
}
