import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what it is sent as files: `FOLDER/ADDRESS/NUMBER.eml`. */
export interface MailServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** How addresses begin that the mail server refuses. */
export const REFUSED = 'refused-';

/** Starts the mail server on a free port of the loopback address. */
export async function startMailServer(folder: string): Promise<MailServer> {
  let number = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      done(address.startsWith(REFUSED) ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        number += 1;
        for (const { address } of session.envelope.rcptTo)
          keepMail({ folder: join(folder, address.toLowerCase()), number, text: Buffer.concat(chunks) });
        done();
      });
    },
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', () => settle()));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, stop: () => new Promise((settle) => server.close(() => settle())) };
}

/** Under another name first, so that nobody reads half a mail. */
function keepMail({ folder, number, text }: { folder: string; number: number; text: Buffer }): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${String(number).padStart(6, '0')}.eml`);
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}
