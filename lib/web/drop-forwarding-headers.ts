import { subscribe } from 'node:diagnostics_channel';
import { z } from 'zod';

const FORWARDING_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];

const started = z.object({ request: z.object({ headers: z.record(z.string(), z.unknown()) }) });

/**
 * Drops the forwarding headers of every request before the server sees it, for a portal without a proxy before it: there only the client
 * itself can have sent them. Next.js then writes the peer's own address.
 */
export function dropForwardingHeaders(): void {
  subscribe('http.server.request.start', (message) => {
    if (!started.safeParse(message).success) return;
    const { headers } = (message as { request: { headers: Record<string, unknown> } }).request;
    for (const name of FORWARDING_HEADERS) delete headers[name];
  });
}
