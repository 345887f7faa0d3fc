import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';

/** Where Debian and others put it. */
export const PGBOUNCER = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find((path) =>
  existsSync(path),
);

/** A pooler before a database. */
export interface Pooler {
  /** The same address, through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts PgBouncer before a server. @param urls of the roles that may come through */
export async function startPgbouncer(mode: 'transaction' | 'session', urls: readonly string[]): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), 'airgate-pooler-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const servers = urls.map((url) => new URL(url));
  const users = servers.map(({ username, password }) => `"${username}" "${password}"`);
  writeFileSync(join(folder, 'users'), `${users.join('\n')}\n`);
  const config = [
    '[databases]',
    `* = host=127.0.0.1 port=${servers[0]?.port}`,
    '[pgbouncer]',
    `listen_addr = 127.0.0.1`,
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${join(folder, 'users')}`,
    `pool_mode = ${mode}`,
  ];
  writeFileSync(join(folder, 'pgbouncer.ini'), `${config.join('\n')}\n`);
  // It refuses to run as root; this user owns nothing.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn(PGBOUNCER ?? 'pgbouncer', ['-q', join(folder, 'pgbouncer.ini')], { ...user, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const through = (url: string) => Object.assign(new URL(url), { port: String(port) }).href;
  await untilAnswers(through(urls[0] ?? ''));
  return {
    through,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const sql = postgres(url, { max: 1, prepare: false, fetch_types: false });
    try {
      await sql`select`;
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED')) throw error;
    } finally {
      await sql.end();
    }
  }
  throw new Error('expected PgBouncer to answer, found nothing');
}
