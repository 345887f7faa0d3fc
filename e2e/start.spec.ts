import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from './helpers/fixtures';
import { freePort } from './helpers/sealing-server';

const ROOT = join(import.meta.dirname, '..');

test('a start for real says what it found of the mail server, and is ready when the sign-in page is, before there is a vendor', async ({
  folder,
}) => {
  const port = await freePort();
  const mailPort = await freePort();
  const portal = spawn(process.execPath, [join(ROOT, 'lib/operator/start.mjs')], {
    cwd: ROOT,
    env: {
      ...{ NODE_ENV: 'production', PATH: process.env.PATH, INIT_CWD: ROOT, AIRGATE_DEMO: 'off' },
      ...{ PORT: String(port), HOST: '127.0.0.1', DATA_DIR: join(folder, 'data') },
      ...{ NEXTAUTH_URL: 'https://portal.example.com', SMTP_URL: `smtp://user:pa55word@127.0.0.1:${mailPort}` },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [portal.stdout, portal.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  const ended = once(portal, 'exit');
  try {
    await expect.poll(() => printed).toContain('Airgate is ready: https://portal.example.com');
    expect(printed).toMatch(/^SMTP_URL: expected a mail server that answers within 3 seconds, found: connect ECONNREFUSED/m);
    expect(printed).not.toContain('pa55word');
    expect(printed).not.toMatch(/Error:|"level":"fault"/);
    const page = await fetch(`http://127.0.0.1:${port}/sign-in`, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('vendor init');
  } finally {
    portal.kill('SIGINT');
    await ended;
  }
});
