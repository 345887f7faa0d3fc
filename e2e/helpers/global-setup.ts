import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VARIABLES } from './environment';
import { startMailServer } from './mail-server';

const ROOT = join(import.meta.dirname, '../..');

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function waitUntilReady(portal: ChildProcess): Promise<void> {
  let printed = '';
  await new Promise<void>((settle, fail) => {
    const take = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Airgate is ready')) settle();
    };
    portal.stdout?.on('data', take);
    portal.stderr?.on('data', take);
    portal.once('exit', (code) => fail(new Error(`expected the portal to start, found exit ${code} after:\n${printed}`)));
  });
}

/** Starts the product as a person would, with mail going to a server of ours, and stops it as Ctrl-C would. */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'airgate-e2e-'));
  const mail = await startMailServer(join(folder, 'mail'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = join(folder, 'data');
  const {
    DATABASE_URL: _database,
    MIGRATION_DATABASE_URL: _owner,
    NEXTAUTH_URL: _address,
    npm_lifecycle_event: _npm,
    ...environment
  } = process.env;
  const portal = spawn(process.execPath, [join(ROOT, 'lib/operator/start.mjs')], {
    cwd: ROOT,
    env: { ...environment, INIT_CWD: ROOT, PORT: String(port), DATA_DIR: dataDir, SMTP_URL: mail.url, AIRGATE_DEMO: 'on' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await waitUntilReady(portal);
  // The tests play machines.
  Object.assign(process.env, { [VARIABLES.url]: url, [VARIABLES.dataDir]: dataDir, [VARIABLES.mail]: join(folder, 'mail') });

  return async () => {
    portal.removeAllListeners('exit');
    const ended = once(portal, 'exit');
    portal.kill('SIGINT');
    const [code] = await ended;
    await mail.stop();
    rmSync(folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`expected the portal to stop with exit 0, found ${code}`);
  };
}
