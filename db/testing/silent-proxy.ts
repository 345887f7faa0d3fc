import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A way to a server that can go dead without a word, as a cut cable does. */
export interface SilentProxy {
  readonly port: number;
  /** From now on, connections that are open carry nothing any more; new ones do. */
  cut(): void;
  close(): Promise<void>;
}

export async function startSilentProxy(to: { host: string; port: number }): Promise<SilentProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((settle) => {
    server.listen(0, '127.0.0.1', () => settle());
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut() {
      for (const socket of sockets) {
        socket.unpipe();
        socket.resume();
      }
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((settle) => {
        server.close(() => settle());
      });
    },
  };
}
