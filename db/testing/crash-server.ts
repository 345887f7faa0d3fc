import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import type { EmbeddedPostgres } from '../embedded/embedded-postgres';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres';
import { migrateDatabase } from '../migrate';

/** How a server is made to crash: one of its backends killed, the whole of it killed, or told to drop everything. */
export const CRASHES = ['backend', 'postmaster', 'immediate'] as const;
export type Crash = (typeof CRASHES)[number];

/** A migrated server that keeps every promise about durability, and can be made to crash. */
export interface CrashServer {
  readonly url: string;
  readonly ownerUrl: string;
  /** Crashes the server and settles once it takes connections again, on the same address and data. */
  crash(kind: Crash): Promise<void>;
  stop(): Promise<void>;
}

const WITHIN_MS = 300_000;

/** Settles once the condition holds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`expected ${what} within ${WITHIN_MS} ms, found that it did not happen`);
    await delay(10);
  }
}

async function ask<Row>(url: string, text: string): Promise<Row | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await sql.unsafe(text);
    return row as Row | undefined;
  } finally {
    await sql.end();
  }
}

async function killBackend(server: EmbeddedPostgres, logFile: string): Promise<void> {
  const starts = () => readFileSync(logFile, 'utf8').split('ready to accept connections').length;
  const before = starts();
  const found = await ask<{ pid: number }>(
    server.superuserUrl,
    `select pid from pg_stat_activity where usename = 'airgate_app' order by (state = 'active') desc, query_start desc limit 1`,
  );
  if (found === undefined) throw new Error('expected a backend of the portal to kill, found none');
  process.kill(found.pid, 'SIGKILL');
  await until('the server to recover from the crash of a backend', () => starts() > before);
}

/** Starts a server of its own in a temporary folder. `fsync`, `full_page_writes` and `synchronous_commit` are on. */
export async function startCrashServer(): Promise<CrashServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'airgate-crash-'));
  let server = await startEmbeddedPostgres({ dataDir });
  const { port, appUrl, ownerUrl } = server;
  await migrateDatabase({ ownerUrl, appUrl });
  const durable = await ask<{ all_on: boolean }>(
    server.appUrl,
    `select current_setting('fsync')::boolean and current_setting('full_page_writes')::boolean
      and current_setting('synchronous_commit')::boolean as all_on`,
  );
  if (durable?.all_on !== true) throw new Error('expected a server that writes through, found one that does not');
  return {
    url: appUrl,
    ownerUrl,
    async crash(kind) {
      if (kind === 'backend') return killBackend(server, join(dataDir, 'postgres.log'));
      process.kill(server.pid, kind === 'postmaster' ? 'SIGKILL' : 'SIGQUIT');
      await server.ended;
      server = await startEmbeddedPostgres({ dataDir, port });
    },
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
