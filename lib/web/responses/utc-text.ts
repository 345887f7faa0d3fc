const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Formats an instant in UTC, for text without scripts that convert it to the local zone: "12 Dec 2026, 14:05 UTC". */
export function utcText(at: Date): string {
  return `${MINUTE.format(at)} UTC`;
}
