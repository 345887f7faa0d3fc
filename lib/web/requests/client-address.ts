import { isIPv4, isIPv6 } from 'node:net';

/** Stands for all clients whose address is not known. */
const UNKNOWN = 'unknown';

/**
 * The network address of the client, for throttling. Next.js writes the peer's address into `x-forwarded-for` when the header is not there;
 * without a trusted proxy the one a client sent was dropped before.
 *
 * @param forwardedFor the header as it arrived
 * @param proxies how many proxies stand before the portal; each appends the address it saw, so the client is that many from the right
 * @returns an IPv4 address, or the /64 network of an IPv6 address, since one subscriber holds that many addresses. However the proxy spells
 *   an address, it is counted as one; what is no address is counted with the unknown
 */
export function clientAddress(forwardedFor: string | null, proxies: number): string {
  const entry = (forwardedFor ?? '').split(',').at(-Math.max(proxies, 1)) ?? '';
  const address = bareAddress(entry);
  if (isIPv4(address)) return address;
  return isIPv6(address) ? networkOf(address) : UNKNOWN;
}

/** Without what some proxies add: quotes, brackets, the port of the connection (which is another one each time), and the zone. */
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
  // IPv4 in the form that a socket for both kinds writes (RFC 4291, section 2.5.5.2).
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of an IPv6 address. The URL parser knows every way of writing one, and writes each in one way. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const numbers = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [left, right] = [numbers(head), numbers(tail)];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}
