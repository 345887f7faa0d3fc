import type { Rejection } from '@/lib/licensing/rejection';

/** When to come again, for programs (RFC 9110, section 10.2.3): in whole seconds. Nothing for a refusal that waiting does not mend. */
export function retryAfter({ code, facts }: Rejection, now = new Date()): Readonly<Record<string, string>> {
  if (code !== 'too-many-attempts') return {};
  const seconds = Math.ceil((Date.parse(String(facts.retryAt)) - now.getTime()) / 1000);
  return { 'Retry-After': String(Math.max(seconds, 1)) };
}
