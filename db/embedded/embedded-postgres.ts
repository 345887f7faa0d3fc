import { spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './embedded-binaries';
import { findBinaries } from './embedded-binaries';
import type { ServerFolders } from './embedded-folder';
import { serverFolders } from './embedded-folder';
import { clearOrphan, serverEnvironment, spawnServer, stopServer, waitUntilReady } from './embedded-process';
import { loadPasswords, makeRoles, roleUrl } from './embedded-roles';
import { makeFolderFor } from './embedded-user';

/** A running PostgreSQL of our own. */
export interface EmbeddedPostgres {
  /** Owns the database `airgate`; migrations only. */
  readonly ownerUrl: string;
  /** What the portal runs as: owns nothing. */
  readonly appUrl: string;
  /** Makes databases and roles; leads to the database `postgres`. */
  readonly superuserUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Settles once the server has ended, for any reason. */
  readonly ended: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, nothing that was committed is lost. */
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => settle(port));
    });
  });
}

function makeCluster(binaries: Binaries, folders: ServerFolders, password: string): void {
  const { cluster, user } = folders;
  // Made under another name first: a cluster that is half made must not look like one.
  const unfinished = `${cluster}-unfinished`;
  const passwordFile = `${cluster}-password`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  makeFolderFor(user, unfinished);
  try {
    writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (user !== null) chownSync(passwordFile, user.uid, user.gid);
    const auth = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const options = { ...user, cwd: unfinished, env: serverEnvironment(), encoding: 'utf8' } as const;
    const made = spawnSync(binaries.initdb, [`--pgdata=${unfinished}`, ...auth, ...locale], options);
    if (made.status !== 0)
      throw new Error(`expected initdb to make a database cluster, found: ${made.stderr || String(made.error)}`);
    renameSync(unfinished, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function settingsOf(port: number, settings: Readonly<Record<string, string>>): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

interface Launch {
  readonly binaries: Binaries;
  readonly folders: ServerFolders;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
}

/** How long backends of a killed server may run on: they notice at the end of their statement. */
const ORPHANS_END_WITHIN_MS = 30_000;

async function launch(input: Launch) {
  const logFile = join(input.folders.dataDir, 'postgres.log');
  const deadline = Date.now() + ORPHANS_END_WITHIN_MS;
  for (;;) {
    const started = await tryToLaunch(input, logFile);
    if (started !== null) return started;
    const problem = readFileSync(logFile, 'utf8').trim();
    if (!problem.includes('pre-existing shared memory block') || Date.now() > deadline) {
      throw new Error(`expected PostgreSQL to start, found: ${problem} (${logFile})`);
    }
    await delay(100);
  }
}

async function tryToLaunch({ binaries, folders, port, settings }: Launch, logFile: string) {
  const log = openSync(logFile, 'w', 0o600);
  const command = [binaries.postgres, ...settingsOf(port, settings), '-D', folders.cluster];
  const server = spawnServer({ command, user: folders.user, cluster: folders.cluster, log });
  closeSync(log);
  const ended = new Promise<void>((settle) => {
    server.once('error', () => settle());
    server.once('exit', () => {
      server.stdio[3]?.destroy();
      settle();
    });
  });
  return (await waitUntilReady(server, folders.cluster)) ? { pid: server.pid ?? 0, ended } : null;
}

/**
 * Starts the PostgreSQL that comes with the portal, on the loopback address, with its data under `dataDir` (see {@link serverFolders}).
 * The programs are run directly, not through the package's own class: that class keeps data where it is told even if the server's user cannot
 * reach it, and leaves the server running when the portal is killed.
 *
 * One caller at a time per folder: a server found running on it is treated as left behind, and stopped.
 *
 * @param options.port a free one where none is given
 * @param options.settings server settings that differ from the defaults
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  port?: number;
  settings?: Readonly<Record<string, string>>;
}): Promise<EmbeddedPostgres> {
  const folders = serverFolders(options.dataDir);
  const binaries = findBinaries(folders);
  const exists = existsSync(folders.cluster);
  const passwords = loadPasswords(folders.dataDir, exists ? folders.cluster : null);
  if (!exists) makeCluster(binaries, folders, passwords.superuser);
  await clearOrphan(folders.cluster);
  const port = options.port ?? (await freePort());
  const { pid, ended } = await launch({ binaries, folders, port, settings: options.settings ?? {} });
  await makeRoles(passwords, port);
  return {
    ownerUrl: roleUrl({ role: 'owner', passwords, port }),
    appUrl: roleUrl({ role: 'app', passwords, port }),
    superuserUrl: roleUrl({ role: 'superuser', passwords, port }),
    port,
    pid,
    ended,
    async stop() {
      await stopServer(pid);
      await ended;
    },
  };
}
