import { isIPv6 } from 'node:net';

/** Stands for all clients whose address is not known. */
const UNKNOWN = 'unknown';

/**
 * The network address of the client, for throttling. Next.js writes the peer's address into `x-forwarded-for` when the header is not there;
 * without a trusted proxy the one a client sent was dropped before.
 *
 * @param forwardedFor the header as it arrived
 * @param proxies how many proxies stand before the portal; each appends the address it saw, so the client is that many from the right
 * @returns an IPv4 address, or the /64 network of an IPv6 address, since one subscriber holds that many addresses
 */
export function clientAddress(forwardedFor: string | null, proxies: number): string {
  const entries = (forwardedFor ?? '').split(',').map((entry) => entry.trim());
  const entry = entries.at(-Math.max(proxies, 1)) ?? '';
  const address = entry.replace(/^::ffff:(?=\d+\.)/i, '');
  if (address === '') return UNKNOWN;
  return isIPv6(address) ? networkOf(address) : address.slice(0, 64);
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(8 - left.length - right.length, 0);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
