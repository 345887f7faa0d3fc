import type { Facts } from '@/lib/licensing/refusals/rejection';

const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Formats the instants among the facts of a rejection for people. */
export function readableFacts(facts: Facts): Facts {
  const entries = Object.entries(facts).map(
    ([name, value]) => [name, typeof value === 'string' ? readInstant(value) : value] as const,
  );
  return Object.fromEntries(entries);
}

function readInstant(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? `${MINUTE.format(new Date(value))} UTC` : value;
}
