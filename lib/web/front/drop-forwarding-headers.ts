import type { IncomingHttpHeaders } from 'node:http';

const FORWARDING_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];

const DROPPED =
  'Forwarding headers arrived, and were dropped because TRUST_PROXY is not set. If a proxy of yours stands in front, say how many with ' +
  'TRUST_PROXY: until then everybody behind it is counted as one client, and a few people can hold up the sign-in of all. If none does, ' +
  'a client made them up, and nothing needs to be done. This is said once.';

/**
 * Makes a function that deletes the forwarding headers of a request, for a portal without a proxy, where only the client can have sent them.
 * Next.js then writes the address of the peer.
 *
 * @param warn called once when such headers arrive, since TRUST_PROXY may be missing
 */
export function forwardingHeadersDropper(warn = (line: string): void => void process.stderr.write(`${line}\n`)) {
  let hasWarned = false;
  return (headers: IncomingHttpHeaders): void => {
    const found = FORWARDING_HEADERS.filter((name) => name in headers);
    for (const name of found) delete headers[name];
    if (found.length === 0 || hasWarned) return;
    hasWarned = true;
    warn(DROPPED);
  };
}
