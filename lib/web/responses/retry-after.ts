import type { Rejection } from '@/lib/licensing/refusals/rejection';

/** Makes the `Retry-After` header of a temporary rejection (RFC 9110, section 10.2.3), in whole seconds; empty for others. */
export function retryAfter({ facts }: Rejection, now = new Date()): Readonly<Record<string, string>> {
  const at = Date.parse(String(facts.retryAt));
  if (Number.isNaN(at)) return {};
  return { 'Retry-After': String(Math.max(1, Math.ceil((at - now.getTime()) / 1000))) };
}
