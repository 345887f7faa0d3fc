import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import type { FrontOptions } from '../guard-requests';
import { guardServer } from '../guard-servers';

const OPTIONS: FrontOptions = {
  proxies: 0,
  isHttps: false,
  address: { origin: 'http://portal', isAssumed: false },
  timeoutMs: 60_000,
};

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** A server, and what reached it. */
export interface Behind {
  readonly port: number;
  /** What got through, in the order it came. */
  readonly reached: { readonly method: string; readonly target: string; readonly body: Buffer; readonly headers: object }[];
}

/** A server that notes what reaches it, and what stands before it. */
export async function listenBehind(options: Partial<FrontOptions> = {}, guard = guardServer): Promise<Behind> {
  const reached: Behind['reached'] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const { method = '', url: target = '', headers } = request;
    reached.push({ method, target, headers: { ...headers }, body: await buffer(request) });
    response.end('reached');
  });
  guard(server, { ...OPTIONS, ...options });
  open.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const address = server.address();
  return { reached, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

/** An answer as it was read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function readAnswer(written: string): Answer {
  const [head = '', ...rest] = written.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(lines.map((each) => [each.split(':', 1)[0]?.toLowerCase(), each.replace(/^[^:]*: /, '')]));
  return { status: Number(line.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

/** Begins a request as it stands. */
export function begin({ port }: Behind, head: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`${head}\r\n\r\n`);
  return socket;
}

/** Sends a request as it stands and reads until the connection ends. */
export async function send(behind: Behind, head: string, body: string | Buffer = ''): Promise<Answer> {
  const socket = begin(behind, head);
  socket.write(body);
  return readAnswer(await text(socket));
}
