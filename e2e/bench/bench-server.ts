import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '@/db/embedded/embedded-postgres';
import { migrateDatabase } from '@/db/migrate';

/** Addresses of one database on the server. */
export interface BenchDatabase {
  readonly name: string;
  /** As the portal. */
  readonly appUrl: string;
  readonly ownerUrl: string;
}

/** A PostgreSQL for the bench alone, with the settings of the one that the portal starts: commits are flushed to disk. */
export interface BenchServer {
  /** Where the server writes its log. */
  readonly logFile: string;
  /** Makes a migrated, empty database. */
  create(name: string): Promise<BenchDatabase>;
  /** Makes a database that is the same as another, to which nobody is connected. */
  copy(from: BenchDatabase, name: string): Promise<BenchDatabase>;
  asSuperuser(statement: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the server in a temporary folder, which is deleted when it stops.
 *
 * @param own settings besides those of the server that the portal starts
 */
export async function startBenchServer(own: Readonly<Record<string, string>> = {}): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'airgate-bench-'));
  const settings = { max_connections: '100', log_line_prefix: '%d %u %a ', ...own };
  const server = await startEmbeddedPostgres({ dataDir, settings });
  const urlsOf = (name: string): BenchDatabase => {
    const [appUrl, ownerUrl] = [server.appUrl, server.ownerUrl].map((url) => url.replace(/\/[^/]*$/, `/${name}`));
    return { name, appUrl: appUrl ?? '', ownerUrl: ownerUrl ?? '' };
  };

  async function asSuperuser(statement: string): Promise<void> {
    const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => undefined });
    try {
      await sql.unsafe(statement);
    } finally {
      await sql.end();
    }
  }

  // Migrating a copy changes nothing in it, but pins the settings of the portal's role, which hold per database.
  async function make(name: string, template: string): Promise<BenchDatabase> {
    await asSuperuser(`create database ${name} template ${template} owner airgate_owner`);
    const database = urlsOf(name);
    await migrateDatabase({ ownerUrl: database.ownerUrl, appUrl: database.appUrl });
    return database;
  }

  return {
    logFile: join(dataDir, 'postgres.log'),
    create: (name) => make(name, 'template1'),
    copy: (from, name) => make(name, from.name),
    asSuperuser,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
