import { join, relative } from 'node:path';
import { DEMO_CODE } from '../demo/demo-entitlements';
import { fillDemo } from '../demo/fill-demo';
import type { DemoOutlook } from '../demo/prepare-demo';
import { prepareDemo } from '../demo/prepare-demo';
import { buildPortal } from './build-portal';
import { lockHolder, takeLock } from './data-lock';
import type { NextServer } from './next-server';
import { checkAddress, startNext } from './next-server';
import { readRuntime, removeRuntime, writeRuntime } from './runtime-file';
import { loadSecrets } from './secrets';
import type { Settings } from './settings';
import { SettingsError } from './settings';
import type { RunningDatabase } from './start-database';
import { startDatabase } from './start-database';
import type { StartSettings } from './start-settings';
import { readStartSettings } from './start-settings';
import { watchNpm } from './watch-npm';

const mode = process.argv.includes('--dev') ? 'dev' : 'start';

/** What was started, newest last: stopped in the opposite order. */
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

function takeData({ dataDir }: Settings): void {
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

async function startAll(settings: StartSettings): Promise<{ database: RunningDatabase; next: NextServer; outlook: DemoOutlook }> {
  const { dataDir, host, port, url } = settings;
  takeData(settings);
  await checkAddress({ host, port });
  if (mode === 'start') await buildPortal({ say: console.log, signal: stopping.signal });
  const secrets = loadSecrets(dataDir);

  const { masterKey } = secrets;
  const database = await startDatabase(settings, ({ appUrl }) => fillDemo({ appUrl, masterKey, dataDir }));
  started.push(() => database.stop());
  const { ownerUrl, appUrl, isDemo } = database;
  const outlook = await prepareDemo({ ownerUrl, appUrl, masterKey, dataDir }, settings);
  writeRuntime(dataDir, { pid: process.pid, url, ownerUrl, appUrl, isDemo });
  started.push(() => removeRuntime(dataDir));

  const environment = {
    DATABASE_URL: appUrl,
    AIRGATE_MASTER_KEY: masterKey,
    NEXTAUTH_SECRET: secrets.sessionSecret,
    NEXTAUTH_URL: url,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secrets.actionsKey,
  };
  const next = await startNext({ mode, host, port, environment });
  started.push(() => next.stop());
  return { database, next, outlook };
}

/** What to try first: a request of an offline machine where there is demo data, otherwise making the vendor. */
function nextCommand(dataDir: string, demo: boolean): string {
  if (!demo) return 'npm run -s airgate -- help';
  const vendor = join(relative(process.env.INIT_CWD ?? process.cwd(), dataDir) || '.', 'demo/vendor.json');
  const named = `--product press-control --code ${DEMO_CODE} --name my-press`;
  return `npm run -s device -- request --state /tmp/my-press --vendor ${vendor} ${named} --out /tmp/my-press.activation-request`;
}

function greet({ url, dataDir, external }: StartSettings, { people, isEmpty }: DemoOutlook): void {
  console.log(`\nAirgate is ready: ${url}\n`);
  if (people.length > 0) {
    console.log(`Sign in with one of these addresses; the code ${process.env.SMTP_URL ? 'comes by mail' : 'appears here'}:`);
    const width = Math.max(...people.map(({ email }) => email.length));
    for (const { email, role } of people) console.log(`  ${email.padEnd(width)}  ${role}`);
    console.log('');
  }
  if (isEmpty && external === null) {
    console.log('This database is your own, and empty. AIRGATE_DEMO=on npm start shows the demo, which has another.\n');
  }
  console.log(`Next, in another terminal:\n  ${nextCommand(dataDir, people.length > 0)}\n`);
  console.log('Stop with Ctrl-C.\n');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
watchNpm(onSignal);
try {
  const settings = readStartSettings();
  const { database, next, outlook } = await startAll(settings);
  greet(settings, outlook);
  await Promise.race([database.ended, next.ended]);
  if (!stopping.signal.aborted) throw new Error('expected the portal to go on, found that its database or its web server ended');
} catch (error) {
  if (!stopping.signal.aborted) fail(error);
}
