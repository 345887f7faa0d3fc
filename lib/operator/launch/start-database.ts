import { startEmbeddedPostgres } from '@/db/embedded/embedded-postgres';
import { migrateDatabase } from '@/db/migrate';
import type { Settings } from './settings';
import { SettingsError } from './settings';

/** A database that is up and has the newest schema. */
export interface RunningDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Settles when the embedded server ends; never for one that is not ours. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the embedded server, or takes the one that is configured, and migrates. The caller holds the lock of the data folder. */
export async function startDatabase(settings: Settings): Promise<RunningDatabase> {
  if (settings.external !== null) {
    const { ownerUrl, appUrl, appRole } = settings.external;
    await migrateDatabase({ ownerUrl, appRole }).catch(explainNoConnection);
    return { ownerUrl, appUrl, ended: new Promise(() => undefined), stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedPostgres({ dataDir: settings.dataDir });
  try {
    await migrateDatabase({ ownerUrl: server.ownerUrl, appRole: 'airgate_app' });
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
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
