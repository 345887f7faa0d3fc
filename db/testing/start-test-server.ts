import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { withDatabaseName } from '../embedded/embedded-database';
import type { EmbeddedPostgres } from '../embedded/embedded-postgres';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres';
import { migrateDatabase } from '../migrate';

/** The database that each test's own is a copy of. */
export const TEMPLATE = 'airgate_template';

/** Starts a server in a temporary folder, with a migrated template database. It forgets what a power cut would, which no test asks for. */
export async function startTestServer(): Promise<EmbeddedPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'airgate-test-'));
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  const sql = postgres(server.superuserUrl, { max: 1 });
  await sql.unsafe(`create database ${TEMPLATE} owner airgate_owner`);
  await sql.end();
  await migrateDatabase({
    ownerUrl: withDatabaseName(server.ownerUrl, TEMPLATE),
    appUrl: withDatabaseName(server.appUrl, TEMPLATE),
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
