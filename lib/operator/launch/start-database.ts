import { sql } from 'drizzle-orm';
import { openDatabase } from '@/db/client';
import type { DatabaseUrls } from '@/db/embedded/embedded-database';
import { createDatabase, findDatabase } from '@/db/embedded/embedded-database';
import type { EmbeddedPostgres } from '@/db/embedded/embedded-postgres';
import { startEmbeddedPostgres } from '@/db/embedded/embedded-postgres';
import { migrateDatabase } from '@/db/migrate';
import { decideDatabase } from './decide-database';
import type { Settings } from './settings';
import { SettingsError } from './settings';

/** A database that is up and has the newest schema. */
export interface RunningDatabase extends DatabaseUrls {
  /** It is the database of the demo, beside the portal's own on the embedded server. */
  readonly isDemo: boolean;
  /** Settles when the embedded server ends; never for one that is not ours. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const APP_ROLE = 'airgate_app';
const DEMO_DATABASE = 'airgate_demo';

/**
 * Starts the embedded server, or takes the one that is configured, and migrates. The caller holds the lock of the data folder.
 *
 * @param fill fills the empty, migrated database of the demo, where it is to be made; null for a command, which makes none
 * @throws SettingsError when the database does not let us in, or a command is for a demo that is not there
 */
export async function startDatabase(
  settings: Settings,
  fill: ((urls: DatabaseUrls) => Promise<void>) | null,
): Promise<RunningDatabase> {
  if (settings.external !== null) {
    const { ownerUrl, appUrl, appRole } = settings.external;
    await migrateDatabase({ ownerUrl, appRole }).catch(explainNoConnection);
    return { ownerUrl, appUrl, isDemo: false, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedPostgres({ dataDir: settings.dataDir });
  try {
    const { ended, stop } = server;
    return { ...(await takeEmbedded(server, settings, fill)), ended, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Takes the own database of the embedded server or the demo's, which is made anew where filling it was cut off. */
async function takeEmbedded(
  server: EmbeddedPostgres,
  { demo: setting }: Settings,
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
    await migrateDatabase({ ownerUrl: taken.ownerUrl, appRole: APP_ROLE });
    return taken;
  }
  const make = async (urls: DatabaseUrls) => {
    await migrateDatabase({ ownerUrl: urls.ownerUrl, appRole: APP_ROLE });
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

const NO_CONNECTION = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'CONNECT_TIMEOUT', '28P01', '28000', '3D000'];

/** A database that cannot be reached, or does not let us in, is for the person who set the address. Anything else is a fault. */
function explainNoConnection(error: unknown): never {
  const isSetting = error instanceof Error && 'code' in error && NO_CONNECTION.includes(String(error.code));
  if (!isSetting) throw error;
  throw new SettingsError(`DATABASE_URL, MIGRATION_DATABASE_URL: expected a database that lets us in, found: ${error.message}.`, {
    cause: error,
  });
}
