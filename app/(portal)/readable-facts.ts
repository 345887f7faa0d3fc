import type { Facts } from '@/lib/licensing/rejection';
import { utcText } from '@/lib/web/utc-text';

/** The facts of a refusal with instants as people read them. */
export function readableFacts(facts: Facts): Record<string, string | number> {
  const entries = Object.entries(facts).map(
    ([name, value]) => [name, typeof value === 'string' ? readInstant(value) : value] as const,
  );
  return Object.fromEntries(entries);
}

function readInstant(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? utcText(new Date(value)) : value;
}
