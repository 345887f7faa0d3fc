import { join, relative } from 'node:path';
import type { Settings } from '@/lib/settings/settings';
import { readSettings } from '@/lib/settings/settings';
import { SettingsError } from '@/lib/settings/settings-error';
import { DEMO_CODE } from '../demo/demo-entitlements';
import { fillDemo } from '../demo/fill-demo';
import type { DemoOutlook } from '../demo/prepare-demo';
import { prepareDemo } from '../demo/prepare-demo';
import { buildPortal } from './build-portal';
import { lockHolder, takeLock } from './data-lock';
import type { NextServer } from './next-server';
import { checkAddress, startNext } from './next-server';
import { dataFolder } from './root';
import { readRuntime, removeRuntime, writeRuntime } from './runtime-file';
import { loadSecrets } from './secrets';
import type { RunningDatabase } from './start-database';
import { startDatabase } from './start-database';
import { tryMailServer } from './try-mail-server';
import { watchNpm } from './watch-npm';

const mode = process.argv.includes('--dev') ? 'dev' : 'start';

/** Stop functions, newest last: called in reverse order. */
const started: (() => Promise<void> | void)[] = [];
const stopping = new AbortController();

async function stopAll(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  for (const stop of started.reverse()) await stop();
  process.exit(exitCode);
}

function onSignal(): void {
  if (!stopping.signal.aborted) console.log('\nStopping …');
  stopAll(0).catch(fail);
}

function fail(error: unknown): void {
  console.error(error instanceof SettingsError ? error.message : error);
  if (stopping.signal.aborted) process.exit(3);
  stopAll(error instanceof SettingsError ? 1 : 3).catch(() => process.exit(3));
}

function takeData(dataDir: string): void {
  const release = takeLock(dataDir, 'portal');
  if (release !== null) {
    started.push(release);
    return;
  }
  if (lockHolder(dataDir)?.purpose === 'command')
    throw new SettingsError(`${dataDir} is in use by a command. Start again when it is done.`);
  const running = readRuntime(dataDir);
  const where = running === null ? 'another Airgate' : `the Airgate at ${running.url}`;
  throw new SettingsError(
    `${dataDir} is in use by ${where}. Stop that one first, or give this one its own folder: DATA_DIR=… npm start`,
  );
}

async function startAll(settings: Settings): Promise<{ database: RunningDatabase; next: NextServer; outlook: DemoOutlook }> {
  const { host, port, url, smtpUrl } = settings;
  const dataDir = dataFolder(settings);
  takeData(dataDir);
  await checkAddress({ host, port });
  if (mode === 'start') await buildPortal({ say: console.log, signal: stopping.signal });
  const secrets = loadSecrets(dataDir, settings.secrets);

  const { masterKey } = secrets;
  const place = { masterKey, dataDir, prepare: settings.databasePrepare };
  const database = await startDatabase({ settings, dataDir, masterKey }, ({ appUrl }) => fillDemo({ ...place, appUrl }));
  started.push(() => database.stop());
  const { ownerUrl, appUrl, prepare, isDemo } = database;
  const outlook = await prepareDemo({ ...place, ownerUrl, appUrl }, settings);
  writeRuntime(dataDir, { pid: process.pid, url, ownerUrl, appUrl, prepare, isDemo });
  started.push(() => removeRuntime(dataDir));

  const environment = {
    DATABASE_URL: appUrl,
    AIRGATE_MASTER_KEY: masterKey,
    NEXTAUTH_SECRET: secrets.sessionSecret,
    NEXTAUTH_URL: url,
    AIRGATE_URL_ASSUMED: settings.isUrlAssumed ? 'yes' : 'no',
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.actionsKey,
  };
  const mailTrouble = smtpUrl === null ? null : tryMailServer(smtpUrl);
  const next = await startNext({ mode, host, port, environment });
  started.push(() => next.stop());
  const trouble = await mailTrouble;
  if (trouble !== null) console.error(`\n${trouble}`);
  return { database, next, outlook };
}

/** The command to try first: a request of an offline machine where there is demo data, otherwise the help. */
function nextCommand(settings: Settings, demo: boolean): string {
  if (!demo) return 'npm run -s airgate -- help';
  const vendor = join(relative(settings.folder, dataFolder(settings)) || '.', 'demo/vendor.json');
  const named = `--product press-control --code ${DEMO_CODE} --name my-press`;
  return `npm run -s device -- request --state /tmp/my-press --vendor ${vendor} ${named} --out /tmp/my-press.activation-request`;
}

function greet(settings: Settings, { people, isEmpty }: DemoOutlook): void {
  console.log(`\nAirgate is ready: ${settings.url}\n`);
  if (people.length > 0) {
    console.log(`Sign in with one of these addresses; the code ${settings.smtpUrl === null ? 'appears here' : 'comes by mail'}:`);
    const width = Math.max(...people.map(({ email }) => email.length));
    for (const { email, role } of people) console.log(`  ${email.padEnd(width)}  ${role}`);
    console.log('');
  }
  if (isEmpty && settings.database === null) {
    console.log('This database is your own, and empty. AIRGATE_DEMO=on npm start shows the demo, which has another.\n');
  }
  console.log(`Next, in another terminal:\n  ${nextCommand(settings, people.length > 0)}\n`);
  console.log('Stop with Ctrl-C.\n');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
try {
  const settings = readSettings();
  if (settings.isStartedByNpm) watchNpm(onSignal);
  const { database, next, outlook } = await startAll(settings);
  greet(settings, outlook);
  await Promise.race([database.ended, next.ended]);
  if (!stopping.signal.aborted) throw new Error('expected the portal to go on, found that its database or its web server ended');
} catch (error) {
  if (!stopping.signal.aborted) fail(error);
}
