import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';
import type { FrontOptions } from './guard-requests';
import { guardRequests } from './guard-requests';

/** Time limits for the headers, and for the whole request. */
const HEADERS_MS = 30_000;
const REQUEST_MS = 60_000;

/** Puts {@link guardRequests} in front of the current request listeners of a server. */
export function guardServer(server: Server, options: FrontOptions): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  // Only hot reload in development upgrades connections. Without a listener, Node answers such requests as usual.
  if (process.env.NODE_ENV !== 'development') server.removeAllListeners('upgrade');
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  const all = guardRequests((request, response) => {
    for (const listener of listeners) listener.call(server, request, response);
  }, options);
  server.on('request', all);
}

/**
 * Guards every web server of this process from its first request on. Next.js creates the server and offers no hook before its own handler (as
 * of 16.4.6), so this subscribes to the diagnostics channel on which Node announces each request before its listeners run.
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
