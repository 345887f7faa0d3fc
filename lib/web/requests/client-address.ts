import { isIPv4, isIPv6 } from 'node:net';

/** Shared by all clients with an unknown address. */
const UNKNOWN = 'unknown';

/**
 * Finds the network address of the client, for rate limits. Next.js writes the address of the peer into `x-forwarded-for` when the header is
 * missing; without a trusted proxy, a header sent by the client was dropped before.
 *
 * @param forwardedFor the header as received
 * @param proxies number of trusted proxies; each appends the address it saw, so the client is that many from the right
 * @returns an IPv4 address, or the /64 network of an IPv6 address, since one subscriber has a whole /64; always in one spelling. `unknown`
 *   for anything else
 */
export function clientAddress(forwardedFor: string | null, proxies: number): string {
  const entry = (forwardedFor ?? '').split(',').at(-Math.max(proxies, 1)) ?? '';
  const address = bareAddress(entry);
  if (isIPv4(address)) return address;
  return isIPv6(address) ? networkOf(address) : UNKNOWN;
}

/** Strips what some proxies add: quotes, brackets, the port (which varies) and the zone. */
function bareAddress(entry: string): string {
  const text = entry
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  const [, inBrackets, withPort] = /^(?:\[([^\]]*)\](?::\d*)?|(.*\.\d+):\d*)$/.exec(text) ?? [];
  return (inBrackets ?? withPort ?? text).replace(/%.*$/, '');
}

function networkOf(address: string): string {
  const groups = groupsOf(address);
  const [high, low] = [groups[6] ?? 0, groups[7] ?? 0];
  // IPv4-mapped address of a dual-stack socket (RFC 4291, section 2.5.5.2).
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Parses an IPv6 address into its eight groups, with the URL parser, which normalises every spelling. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [left, right] = [numbers(head), numbers(tail)];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}
