const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** An instant in running text that no script turns into the reader's zone: "12 Dec 2026, 14:05 UTC". */
export function utcText(at: Date): string {
  return `${MINUTE.format(at)} UTC`;
}
