import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';
import type { FrontOptions } from './guard-requests';
import { guardRequests } from './guard-requests';

/** A request line and headers that have not come by then do not come; and no request takes longer in all. */
const HEADERS_MS = 30_000;
const REQUEST_MS = 60_000;

/** Puts {@link guardRequests} before everything that listens to a server so far. */
export function guardServer(server: Server, options: FrontOptions): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  // Nothing here changes protocols but what renews pages in development. A client that offers to is answered all the same.
  if (process.env.NODE_ENV !== 'development') server.removeAllListeners('upgrade');
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  const all = guardRequests((request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  }, options);
  server.on('request', all);
}

/**
 * Guards every web server of this process, from the first request it is sent. Next.js makes the server itself and offers no place before its
 * own, as of 16.4.6; Node says of each request that it begins, before anything that listens is told.
 */
export function guardServers(options: FrontOptions): void {
  const guarded = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    if (typeof message !== 'object' || message === null || !('server' in message)) return;
    const { server } = message;
    if (!(server instanceof Server) || guarded.has(server)) return;
    guarded.add(server);
    guardServer(server, options);
  });
}
