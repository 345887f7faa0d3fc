import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, test } from './helpers/fixtures';
import { startSealingPortal } from './helpers/sealing-server';

/** Says whether somebody listens there. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, host);
    socket.once('error', () => settle(false));
    socket.once('connect', () => {
      socket.destroy();
      settle(true);
    });
  });
}

test('the web server listens where it is told, and is not given what owns the tables', async ({ folder }) => {
  const portal = await startSealingPortal(folder);
  const { port } = portal;
  try {
    const everywhere = await portal.serve();
    // Another address of this machine, where there is one: all of 127.0.0.0/8 on Linux.
    const hasOther = await answers('127.0.0.2', port);
    if (existsSync('/proc/net')) expect(hasOther).toBe(true);

    // What the system tells of a process that it started with.
    const given = `/proc/${everywhere.pid}/environ`;
    if (existsSync(given)) {
      const environment = readFileSync(given, 'utf8');
      expect(environment).toContain('DATABASE_URL=postgres://airgate_app:');
      expect(environment).not.toContain('MIGRATION_DATABASE_URL');
      expect(environment).not.toContain(new URL(portal.ownerUrl).password);
    }
    await everywhere.stop();

    const loopback = await portal.serve('127.0.0.1');
    expect(await answers('127.0.0.1', port)).toBe(true);
    expect(await answers('127.0.0.2', port)).toBe(false);
    const page = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
    expect(page.headers.get('location') ?? '').not.toMatch(/^https?:/);
    await loopback.stop();
  } finally {
    await portal.stop();
  }
});
