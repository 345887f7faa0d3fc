import type { Rejection } from '@/lib/licensing/refusals/rejection';

/** When to come again, for programs (RFC 9110, section 10.2.3): in whole seconds. Nothing for a refusal that does not end by itself. */
export function retryAfter({ facts }: Rejection, now = new Date()): Readonly<Record<string, string>> {
  const at = Date.parse(String(facts.retryAt));
  if (Number.isNaN(at)) return {};
  return { 'Retry-After': String(Math.max(1, Math.ceil((at - now.getTime()) / 1000))) };
}
