import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '@/db/embedded-postgres';
import { migrateDatabase } from '@/db/migrate';
import { startNext } from '@/lib/operator/next-server';
import { expect, test } from './fixtures';
import { runCommand } from './run-command';

const ENTRIES = 20_000;

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

test('a web server that is killed while it seals is followed by one that seals on, and the chain is whole', async ({
  folder,
}) => {
  test.setTimeout(180_000);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
  const owner = postgres(server.ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await migrateDatabase({ ownerUrl: server.ownerUrl, appRole: 'airgate_app' });
    const secrets = { AIRGATE_MASTER_KEY: randomBytes(32).toString('base64url'), DATA_DIR: join(folder, 'secrets') };
    const environment = { ...secrets, DATABASE_URL: server.appUrl, MIGRATION_DATABASE_URL: server.ownerUrl };
    const operator = async (...parameters: string[]) =>
      runCommand({ file: 'lib/operator/cli.ts', parameters, folder, environment });
    const made = async (...parameters: string[]) => expect(await operator(...parameters)).toMatchObject({ exitCode: 0 });
    await made(
      'vendor',
      'init',
      '--name',
      'Kestrel',
      '--support',
      'licences@example.com',
      '--root-key-out',
      join(folder, 'root.jwk'),
    );
    await made('vendor', 'export', '--out', join(folder, 'vendor.json'));
    await made('customer', 'create', '--code', 'hallmann', '--name', 'Hallmann');
    await owner`
      insert into audit_entries (at, customer_id, actor, role, action)
      select now(), (select id from customers), 'jonas@example.com', 'member', 'file.previewed' from generate_series(1, ${ENTRIES})`;

    const port = await freePort();
    const serve = () =>
      startNext({
        mode: 'start',
        port,
        environment: {
          ...environment,
          ...{ NEXTAUTH_SECRET: randomBytes(32).toString('base64url'), NEXTAUTH_URL: `http://localhost:${port}`, SMTP_URL: '' },
        },
      });
    // As the clock does every minute.
    const ask = () =>
      owner`select graphile_worker.add_job('audit.seal', job_key := 'audit.seal', max_attempts := 3, job_key_mode := 'replace')`;
    const count = async () => {
      const [row] = await owner<{ sealed: number; left: number; portal: number }[]>`
        select (select count(*)::integer from audit_seals) as sealed,
          (select count(*)::integer from audit_entries a where not exists (select from audit_seals s where s.audit_id = a.id)) as left,
          (select count(*)::integer from pg_stat_activity where usename = 'airgate_app') as portal`;
      return row ?? { sealed: -1, left: -1, portal: -1 };
    };

    const first = await serve();
    await ask();
    await expect.poll(async () => (await count()).sealed, { intervals: [5], timeout: 60_000 }).toBeGreaterThan(0);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    await expect.poll(async () => (await count()).portal, { intervals: [20] }).toBe(0);
    const { sealed, left } = await count();
    expect(sealed).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(0);

    const second = await serve();
    await ask();
    await expect.poll(async () => (await count()).left, { intervals: [100], timeout: 60_000 }).toBe(0);
    await second.stop();

    const verified = async (name: string) => {
      const file = join(folder, name);
      await made('audit', 'export', '--customer', 'hallmann', '--out', file);
      return operator('audit', 'verify', file, '--vendor', join(folder, 'vendor.json'));
    };
    expect(await verified('whole.jsonl')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`Whole: ${ENTRIES + 1} entries`),
    });

    // A check that cannot fail would accept this as well.
    await owner`alter table audit_entries disable trigger user`;
    await owner`update audit_entries set actor = 'somebody else' where id = (select audit_id from audit_seals where chain <> 'vendor' and sequence = 7000)`;
    const broken = await verified('changed.jsonl');
    expect(broken).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^Broken: changed in line \d+ \(entry 7000\)\./) });
  } finally {
    await owner.end();
    await server.stop();
  }
});
