import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { tryMailServer } from './try-mail-server';

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

async function portOf(server: Server): Promise<number> {
  open.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const smtp = (accepts: boolean) =>
  new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    logger: false,
    onAuth: (_auth, _session, done) =>
      accepts ? done(null, { user: 'airgate' }) : done(new Error('Invalid user name or password')),
  }).server;

test('a mail server that answers, and one that lets us in, are fine', async () => {
  const port = await portOf(smtp(true));
  expect(await tryMailServer(`smtp://127.0.0.1:${port}`)).toBeNull();
  expect(await tryMailServer(`smtp://airgate:pa55word@127.0.0.1:${port}`)).toBeNull();
});

test('one that does not let us in, none at all, and one that says nothing are told, without the password', async () => {
  const refusing = await portOf(smtp(false));
  const silent = await portOf(createServer((socket) => socket.on('error', () => socket.destroy())));
  for (const port of [refusing, silent, 1]) {
    const told = await tryMailServer(`smtp://airgate:pa55word@127.0.0.1:${port}`);
    expect(told).toMatch(
      /^SMTP_URL: expected a mail server that answers within 3 seconds, found: .+\. The portal runs all the same/,
    );
    expect(told).not.toContain('pa55word');
  }
});
