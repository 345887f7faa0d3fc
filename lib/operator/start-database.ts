import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { migrateDatabase } from '@/db/migrate';
import type { Settings } from './settings';

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
    await migrateDatabase({ ownerUrl, appRole });
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
