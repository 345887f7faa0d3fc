import type { AttackedPortal } from '@/e2e/bench/attacked-portal';
import { startAttackedPortal } from '@/e2e/bench/attacked-portal';
import type { Target } from '@/e2e/bench/attacks';
import { ATTACKS, endAttacks, OTHERS, openSilent } from '@/e2e/bench/attacks';
import type { BenchServer } from '@/e2e/bench/bench-server';
import { startBenchServer } from '@/e2e/bench/bench-server';
import { expect, test } from './helpers/fixtures';

// A portal of its own: each attack would hold up whatever else runs.
let server: BenchServer;
let portal: AttackedPortal;

/** So often is each attack sent at once. One of the first kind alone held up everybody for seconds. */
const TIMES = 40;

const askAsOthers = (target: Target) => Promise.all(OTHERS.map((ask) => ask(target)));

test.beforeAll(async () => {
  server = await startBenchServer();
  portal = await startAttackedPortal(await server.create('attacked'));
});

test.afterAll(async () => {
  endAttacks();
  await portal.stop();
  await server.stop();
});

for (const { name, send, answers } of ATTACKS) {
  test(`others are answered while somebody sends ${name}, and so is the attack`, async () => {
    const { target } = portal;
    const attacking = Promise.all(Array.from({ length: TIMES }, () => send(target)));
    for (let round = 0; round < 5; round += 1) expect(await askAsOthers(target)).toEqual([200, 200, 200]);
    for (const status of await attacking) expect(answers).toContain(status);
    expect(await askAsOthers(target)).toEqual([200, 200, 200]);
  });
}

test('others are answered while bodies do not come, of pages, uploads, actions and calls', async () => {
  const { target } = portal;
  const paths = [
    '/sign-in',
    '/exchange/upload',
    target.devicePath,
    '/v1/licenses/actions/validate-key',
    '/api/v4/activate_offline',
  ];
  const sockets = (await Promise.all(paths.map((path) => openSilent(target, path, 40)))).flat();
  let heard = 0;
  for (const socket of sockets) {
    socket.on('data', () => {
      heard += 1;
    });
  }
  for (let round = 0; round < 5; round += 1) expect(await askAsOthers(target)).toEqual([200, 200, 200]);
  // They were waiting all the while: nothing was given up early, and nobody had to wait for them.
  expect(heard).toBe(0);
  for (const socket of sockets) socket.destroy();
});
