import type { Rejection } from '@/lib/licensing/rejection';

/** What tells programs to wait, for a rejection that ends by itself; nothing for others. */
export function retryAfterHeader({ facts }: Rejection): { readonly 'Retry-After'?: string } {
  const at = Date.parse(String(facts.retryAt));
  if (Number.isNaN(at)) return {};
  return { 'Retry-After': String(Math.max(1, Math.ceil((at - Date.now()) / 1000))) };
}
