import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '@/db/embedded/embedded-postgres';
import { migrateDatabase } from '@/db/migrate';
import type { NextServer } from '@/lib/operator/launch/next-server';
import { startNext } from '@/lib/operator/launch/next-server';
import type { CommandResult } from './run-command';
import { runCommand } from './run-command';

/** How far the sealing has got, and how many connections the portal has. */
interface Standing {
  readonly sealed: number;
  readonly left: number;
  readonly connections: number;
}

/** A portal with a vendor and the customer `hallmann` on a database of its own, whose web server a test may kill. */
export interface SealingPortal {
  readonly owner: postgres.Sql;
  readonly ownerUrl: string;
  operator(...parameters: string[]): Promise<CommandResult>;
  /** @param host the address it listens on; every one when left out. @param more variables, such as where people reach it */
  serve(host?: string, more?: Readonly<Record<string, string>>): Promise<NextServer>;
  readonly port: number;
  /** Asks for sealing, as the clock does every minute. */
  askToSeal(): Promise<void>;
  standing(): Promise<Standing>;
  stop(): Promise<void>;
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Makes the portal in a folder. The product must have been built. */
export async function startSealingPortal(folder: string): Promise<SealingPortal> {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
  await migrateDatabase({ ownerUrl: server.ownerUrl, appUrl: server.appUrl });
  const owner = postgres(server.ownerUrl, { max: 1, onnotice: () => undefined });
  const environment = {
    AIRGATE_MASTER_KEY: randomBytes(32).toString('base64url'),
    DATA_DIR: join(folder, 'secrets'),
    DATABASE_URL: server.appUrl,
    MIGRATION_DATABASE_URL: server.ownerUrl,
  };
  const operator = (...parameters: string[]) => runCommand({ file: 'lib/operator/cli.ts', parameters, folder, environment });
  const rootKey = ['--root-key-out', join(folder, 'root.jwk')];
  for (const command of [
    ['vendor', 'init', '--name', 'Kestrel', '--support', 'licences@example.com', ...rootKey],
    ['vendor', 'export', '--out', join(folder, 'vendor.json')],
    ['customer', 'create', '--code', 'hallmann', '--name', 'Hallmann'],
  ]) {
    expect(await operator(...command)).toMatchObject({ exitCode: 0 });
  }
  const port = await freePort();
  const web = { NEXTAUTH_SECRET: randomBytes(32).toString('base64url'), NEXTAUTH_URL: `http://localhost:${port}`, SMTP_URL: '' };
  return {
    owner,
    ownerUrl: server.ownerUrl,
    operator,
    port,
    serve: (host, more) =>
      startNext({ mode: 'start', port, host: host ?? null, environment: { ...environment, ...web, ...more } }),
    async askToSeal() {
      await owner`select graphile_worker.add_job('audit.seal', job_key := 'audit.seal', max_attempts := 3, job_key_mode := 'replace')`;
    },
    async standing() {
      const [row] = await owner<Standing[]>`
        select (select count(*)::integer from audit_seals) as sealed,
          (select count(*)::integer from audit_entries a where not exists (select from audit_seals s where s.audit_id = a.id)) as left,
          (select count(*)::integer from pg_stat_activity where usename = 'airgate_app') as connections`;
      return row ?? { sealed: -1, left: -1, connections: -1 };
    },
    async stop() {
      await owner.end();
      await server.stop();
    },
  };
}
