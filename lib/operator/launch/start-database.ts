import { sql } from 'drizzle-orm';
import { openDatabase } from '@/db/client';
import type { DatabaseUrls } from '@/db/embedded/embedded-database';
import { createDatabase, findDatabase } from '@/db/embedded/embedded-database';
import type { EmbeddedPostgres } from '@/db/embedded/embedded-postgres';
import { startEmbeddedPostgres } from '@/db/embedded/embedded-postgres';
import { migrateDatabase } from '@/db/migrate';
import type { Settings } from '@/lib/settings/settings';
import { SettingsError } from '@/lib/settings/settings-error';
import { checkConnections, checkMasterKey, explainMigration } from './check-database';
import { decideDatabase } from './decide-database';

/** A running database with the newest schema, whose secrets the master key decrypts. */
export interface RunningDatabase extends DatabaseUrls {
  /** False behind a pooler that does not keep prepared statements. */
  readonly prepare: boolean;
  /** It is the demo's database on the embedded server. */
  readonly isDemo: boolean;
  /** Settles when the embedded server ends; never for one that is not ours. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const DEMO_DATABASE = 'airgate_demo';

interface StartInput {
  readonly settings: Pick<Settings, 'database' | 'databasePrepare' | 'demo'>;
  readonly dataDir: string;
  /** 32 bytes, base64 or hexadecimal. */
  readonly masterKey: string;
}

/**
 * Starts the embedded server, or uses the configured database, and migrates. The caller holds the lock of the data folder.
 *
 * @param fill fills the empty, migrated database of the demo, where it is to be made; null for a command, which makes none
 * @throws SettingsError when the database does not let us in, or a command needs a demo that does not exist
 */
export async function startDatabase(
  { settings, dataDir, masterKey }: StartInput,
  fill: ((urls: DatabaseUrls) => Promise<void>) | null,
): Promise<RunningDatabase> {
  const { database, databasePrepare: prepare } = settings;
  if (database !== null) {
    await checkConnections(database, prepare);
    await migrateDatabase(database).catch(explainMigration);
    await checkMasterKey({ ...database, masterKey, prepare });
    return { ...database, prepare, isDemo: false, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    const { ended, stop } = server;
    const taken = await takeEmbedded(server, settings.demo, fill);
    await checkMasterKey({ ...taken, masterKey, prepare });
    return { ...taken, prepare, ended, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Prepares the own database of the embedded server or the demo's, which is made again where filling it was interrupted. */
async function takeEmbedded(
  server: EmbeddedPostgres,
  setting: Settings['demo'],
  fill: ((urls: DatabaseUrls) => Promise<void>) | null,
): Promise<DatabaseUrls & { isDemo: boolean }> {
  const { ownerUrl, appUrl } = server;
  const demo = await findDatabase(server, DEMO_DATABASE);
  const found = { isOwnUsed: await isMigrated(ownerUrl), demo: demo.state };
  const decided = decideDatabase(setting, found, fill === null ? 'command' : 'portal');
  if (decided === 'no-demo') {
    throw new SettingsError(
      'The demo’s database is not there, or not whole: npm start makes it. AIRGATE_DEMO=off leads to a database of your own.',
    );
  }
  const isDemo = decided === 'demo';
  const taken = isDemo ? { ownerUrl: demo.ownerUrl, appUrl: demo.appUrl, isDemo } : { ownerUrl, appUrl, isDemo };
  if (!isDemo || demo.state === 'whole' || fill === null) {
    await migrateDatabase(taken).catch(explainMigration);
    return taken;
  }
  const make = async (urls: DatabaseUrls) => {
    await migrateDatabase(urls);
    await fill(urls);
  };
  await createDatabase(server, { name: DEMO_DATABASE, fill: make });
  return taken;
}

async function isMigrated(ownerUrl: string): Promise<boolean> {
  const { db, close } = openDatabase({ url: ownerUrl, connections: 1 });
  const rows = await db.execute(sql`select where to_regclass('drizzle.__drizzle_migrations') is not null`).finally(close);
  return rows.length > 0;
}
