/** Smaller deviations are ignored. */
const NOTICED_SECONDS = 3600;

const UNITS = [
  ['year', 365 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
] as const;

/** Describes the deviation of a device clock: "3 days behind", "10 years ahead"; null within an hour. */
export function describeSkew(seconds: number): string | null {
  const size = Math.abs(seconds);
  if (size < NOTICED_SECONDS) return null;
  const [unit, length] = UNITS.find(([, unitLength]) => size >= unitLength) ?? UNITS[2];
  const count = Math.round(size / length);
  return `${count} ${unit}${count === 1 ? '' : 's'} ${seconds < 0 ? 'behind' : 'ahead'}`;
}
