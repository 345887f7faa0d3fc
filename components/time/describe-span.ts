const UNITS: Readonly<Record<string, string>> = { Y: 'year', M: 'month', W: 'week', D: 'day' };
const TIME_UNITS: Readonly<Record<string, string>> = { H: 'hour', M: 'minute', S: 'second' };

/** Describes an ISO 8601 duration: "1 year 6 months" for `P1Y6M`. */
export function describeSpan(duration: string | null): string {
  if (duration === null) return 'Not offline';
  const [dates = '', times = ''] = duration.slice(1).split('T');
  return [...inWords(dates, UNITS), ...inWords(times, TIME_UNITS)].join(' ');
}

function inWords(text: string, units: Readonly<Record<string, string>>): string[] {
  return [...text.matchAll(/(\d+)([A-Z])/g)].map(
    ([, count = '', unit = '']) => `${count} ${units[unit]}${count === '1' ? '' : 's'}`,
  );
}
