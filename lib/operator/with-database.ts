import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '@/lib/settings/settings';
import { readSettings } from '@/lib/settings/settings';
import { SettingsError } from '@/lib/settings/settings-error';
import { takeLock } from './launch/data-lock';
import { dataFolder } from './launch/root';
import type { Runtime } from './launch/runtime-file';
import { readRuntime } from './launch/runtime-file';
import { loadSecrets } from './launch/secrets';
import { startDatabase } from './launch/start-database';

/** The database of a command. */
export interface CommandDatabase {
  readonly ownerUrl: string;
  /** For commands, unless they change what the portal's role must not. */
  readonly appUrl: string;
  /** False behind a pooler that does not keep prepared statements. */
  readonly prepare: boolean;
  /** 32 bytes, base64 or hexadecimal. */
  readonly masterKey: string;
}

const LONGEST_WAIT_MS = 60_000;

/**
 * Runs a command on the portal's database: through the portal that runs, through `DATABASE_URL`, or on the embedded server, which is then
 * started for the duration of the command. Waits while another command uses that server, or a portal is starting.
 *
 * @throws SettingsError when the database is not free within a minute, or the running portal uses another database
 */
export async function withDatabase<Answer>(act: (database: CommandDatabase) => Promise<Answer>): Promise<Answer> {
  const settings = readSettings();
  const dataDir = dataFolder(settings);
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() < deadline) {
    const runtime = readRuntime(dataDir);
    if (runtime !== null) {
      refuseOtherDatabase(runtime, settings);
      return act({ ...runtime, masterKey: loadSecrets(dataDir, settings.secrets).masterKey });
    }
    const release = takeLock(dataDir, 'command');
    if (release !== null) {
      try {
        const { masterKey } = loadSecrets(dataDir, settings.secrets);
        const database = await startDatabase({ settings, dataDir, masterKey }, null);
        return await act({ ...database, masterKey }).finally(() => database.stop());
      } finally {
        release();
      }
    }
    await delay(100);
  }
  throw new SettingsError(`${dataDir} is in use by another command that does not end.`);
}

/** Refuses a command for one database while the portal runs on the other. */
function refuseOtherDatabase({ isDemo, url }: Runtime, { demo: { wanted }, database }: Settings): void {
  const isOther = isDemo ? wanted === 'off' : wanted === 'on' && database === null;
  if (!isOther) return;
  const [used, asked] = isDemo ? ['the demo', 'your own data'] : ['your own data', 'the demo'];
  throw new SettingsError(`The portal at ${url} runs on ${used}, and this command is for ${asked}. Stop the portal first.`);
}
