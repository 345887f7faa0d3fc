import { setTimeout as delay } from 'node:timers/promises';
import { takeLock } from './launch/data-lock';
import type { Runtime } from './launch/runtime-file';
import { readRuntime } from './launch/runtime-file';
import { loadSecrets } from './launch/secrets';
import type { Settings } from './launch/settings';
import { readSettings, SettingsError } from './launch/settings';
import { startDatabase } from './launch/start-database';

/** What a command works on. */
export interface CommandDatabase {
  readonly ownerUrl: string;
  /** Use this one, unless the command changes what the portal itself must not. */
  readonly appUrl: string;
  /** 32 bytes, base64url. */
  readonly masterKey: string;
}

const LONGEST_WAIT_MS = 60_000;

/**
 * Runs a command on the portal's database: through the portal that runs, through `DATABASE_URL`, or on the embedded server, which is then
 * started for as long as the command takes. While another command has that one, or a portal is starting, this one waits.
 *
 * @throws SettingsError when the database is not free within a minute, or the portal that runs has another one than is asked for
 */
export async function withDatabase<Answer>(act: (database: CommandDatabase) => Promise<Answer>): Promise<Answer> {
  const settings = readSettings();
  const deadline = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() < deadline) {
    const { dataDir } = settings;
    const runtime = readRuntime(dataDir);
    if (runtime !== null) {
      refuseOtherDatabase(runtime, settings);
      return act({ ...runtime, masterKey: loadSecrets(dataDir).masterKey });
    }
    const release = takeLock(dataDir, 'command');
    if (release !== null) {
      try {
        const database = await startDatabase(settings, null);
        return await act({ ...database, masterKey: loadSecrets(dataDir).masterKey }).finally(() => database.stop());
      } finally {
        release();
      }
    }
    await delay(100);
  }
  throw new SettingsError(`${settings.dataDir} is in use by another command that does not end.`);
}

/** A command that is meant for one database must not change the other because that happens to be the one in use. */
function refuseOtherDatabase({ isDemo, url }: Runtime, { demo: { wanted }, external }: Settings): void {
  const isOther = isDemo ? wanted === 'off' : wanted === 'on' && external === null;
  if (!isOther) return;
  const [used, asked] = isDemo ? ['the demo', 'your own data'] : ['your own data', 'the demo'];
  throw new SettingsError(`The portal at ${url} runs on ${used}, and this command is for ${asked}. Stop the portal first.`);
}
