import { join } from 'node:path';
import { expect, test } from './helpers/fixtures';
import type { SealingPortal } from './helpers/sealing-server';
import { startSealingPortal } from './helpers/sealing-server';

const ENTRIES = 20_000;

/** Exports the audit of the customer and checks it, both on the command line. */
async function verify({ operator }: SealingPortal, { folder, name }: { folder: string; name: string }) {
  const file = join(folder, name);
  expect(await operator('audit', 'export', '--customer', 'hallmann', '--out', file)).toMatchObject({ exitCode: 0 });
  return operator('audit', 'verify', file, '--vendor', join(folder, 'vendor.json'));
}

test('a web server that is killed while it seals is followed by one that seals on, and the chain is whole', async ({
  folder,
}) => {
  const portal = await startSealingPortal(folder);
  const { owner, standing } = portal;
  try {
    await owner`
      insert into audit_entries (at, customer_id, actor, role, action)
      select now(), (select id from customers), 'jonas@example.com', 'member', 'file.previewed' from generate_series(1, ${ENTRIES})`;

    const first = await portal.serve();
    await portal.askToSeal();
    await expect.poll(async () => (await standing()).sealed, { intervals: [5] }).toBeGreaterThan(0);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    await expect.poll(async () => (await standing()).connections, { intervals: [20] }).toBe(0);
    const { sealed, left } = await standing();
    expect(sealed).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(0);

    const second = await portal.serve();
    await portal.askToSeal();
    await expect.poll(async () => (await standing()).left, { intervals: [100] }).toBe(0);
    await second.stop();
    const whole = await verify(portal, { folder, name: 'whole.jsonl' });
    expect(whole).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`Whole: ${ENTRIES + 1} entries`) });

    // A check that cannot fail would accept this as well.
    await owner`alter table audit_entries disable trigger user`;
    await owner`
      update audit_entries set actor = 'somebody else'
      where id = (select audit_id from audit_seals where chain <> 'vendor' and sequence = 7000)`;
    const broken = await verify(portal, { folder, name: 'changed.jsonl' });
    expect(broken).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^Broken: changed in line \d+ \(entry 7000\)\./),
    });
  } finally {
    await portal.stop();
  }
});
