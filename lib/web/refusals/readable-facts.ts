import type { Facts } from '@/lib/licensing/refusals/rejection';

const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** The facts of a rejection with their instants as people read them. */
export function readableFacts(facts: Facts): Facts {
  const entries = Object.entries(facts).map(
    ([name, value]) => [name, typeof value === 'string' ? readInstant(value) : value] as const,
  );
  return Object.fromEntries(entries);
}

function readInstant(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? `${MINUTE.format(new Date(value))} UTC` : value;
}
