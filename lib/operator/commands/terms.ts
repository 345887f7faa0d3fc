import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import type { AllowanceTerms } from '@/lib/licensing/seats/allowance';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { UNLIMITED_SEATS } from '@/lib/licensing/seats/overdraft';
import type { ReleaseLimit, ReleasePolicy, ReleasingRole } from '@/lib/licensing/seats/release-policy';
import { UsageError } from '../command-line/command';

function wholeNumber(text: string, option: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new UsageError(`expected a whole number in --${option}, found ${JSON.stringify(text)}`);
  return Number(text);
}

/** Reads an option that was typed; nothing for one that was not, which leaves it to its default. */
export function given<Value>(text: string | undefined, read: (text: string) => Value): Value | undefined {
  return text === undefined ? undefined : read(text);
}

/** Reads `none`, `unlimited`, `absolute:N` or `percent:N`. @throws UsageError */
export function readOverdraft(text: string): Overdraft {
  const [kind, value] = text.split(':');
  if ((kind === 'none' || kind === 'unlimited') && value === undefined) return { kind };
  if (kind === 'absolute' && value !== undefined) return { kind, seats: wholeNumber(value, 'overdraft') };
  if (kind === 'percent' && value !== undefined) return { kind, percent: wholeNumber(value, 'overdraft') };
  throw new UsageError(`expected none, absolute:N, percent:N or unlimited for --overdraft, found ${JSON.stringify(text)}`);
}

/** Writes what {@link readOverdraft} reads. */
export function writeOverdraft(kind: Overdraft['kind'], value: number): string {
  return kind === 'absolute' || kind === 'percent' ? `${kind}:${value}` : kind;
}

/** Reads `code` (on) or `code=limit` (counted). @throws UsageError */
export function readFeature(text: string): Feature {
  const [code = '', limit] = text.split('=');
  return limit === undefined
    ? { code, kind: 'on-off', enabled: true }
    : { code, kind: 'counted', limit: wholeNumber(limit, 'feature') };
}

/** Reads `key=value`. @throws UsageError */
export function readAttribute(text: string): [string, string] {
  const place = text.indexOf('=');
  if (place < 1) throw new UsageError(`expected KEY=VALUE for --attribute, found ${JSON.stringify(text)}`);
  return [text.slice(0, place), text.slice(place + 1)];
}

const RELEASERS: ReadonlyMap<string, ReleasingRole> = new Map([
  ['member', 'member'],
  ['admin', 'customer_admin'],
  ['support', 'support'],
]);

/** Reads `none`, or some of `member`, `admin` and `support` with commas between. @throws UsageError */
export function readReleaseRoles(text: string): ReleasingRole[] {
  if (text === 'none') return [];
  return text.split(',').map((name) => {
    const role = RELEASERS.get(name.trim());
    if (role !== undefined) return role;
    throw new UsageError(`expected none, or some of member,admin,support for --release-by, found ${JSON.stringify(text)}`);
  });
}

/** Reads `no`, `yes` or `independent`: whether somebody else has to agree, and has to be known and independent. @throws UsageError */
export function readReleaseApproval(text: string | undefined): { releaseApproval?: boolean; releaseIndependent?: boolean } {
  if (text === undefined) return {};
  if (text === 'yes' || text === 'no' || text === 'independent') {
    return { releaseApproval: text !== 'no', releaseIndependent: text === 'independent' };
  }
  throw new UsageError(`expected yes, no or independent for --release-approval, found ${JSON.stringify(text)}`);
}

/** Reads `N/DAYS`, or `none` for any number. @throws UsageError */
export function readReleaseLimit(text: string): ReleaseLimit | null {
  if (text === 'none') return null;
  const [releases, days, ...more] = text.split('/');
  if (releases === undefined || days === undefined || more.length > 0) {
    throw new UsageError(`expected N/DAYS such as 3/30, or none, for --release-limit, found ${JSON.stringify(text)}`);
  }
  return { releases: wholeNumber(releases, 'release-limit'), days: wholeNumber(days, 'release-limit') };
}

/** Reads `N`, `N/DAYS`, `unlimited` or `default`. @throws UsageError */
function readAllowance(text: string, option: string): AllowanceTerms {
  const [times = '', days, ...more] = text.split('/');
  if (more.length > 0)
    throw new UsageError(`expected N, N/DAYS, unlimited or default for --${option}, found ${JSON.stringify(text)}`);
  const inDays = days === undefined ? null : wholeNumber(days, option);
  if (times === 'default') return { times: null, days: inDays };
  if (times === 'unlimited') return { times: UNLIMITED_SEATS, days: inDays };
  return { times: wholeNumber(times, option), days: inDays };
}

/** Writes what {@link readAllowance} reads. */
export function writeAllowance({ times, days }: AllowanceTerms): string {
  const often = times === null ? 'default' : timesWord(times);
  return days === null ? often : `${often}/${days}`;
}

function timesWord(times: number): string {
  return times === UNLIMITED_SEATS ? 'unlimited' : String(times);
}

/** Reads names with commas between. */
export function readNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Says a release policy in one line. */
export function writeReleasePolicy({ allowedBy, needsApproval, needsIndependence, limit, frees }: ReleasePolicy): string {
  if (allowedBy.length === 0) return 'not without proof';
  const names = [...RELEASERS].filter(([, role]) => allowedBy.includes(role)).map(([name]) => name);
  const often = limit === null ? 'any number' : `at most ${limit.releases} in ${limit.days} days`;
  const approval = needsApproval ? `; with ${needsIndependence ? 'independent ' : ''}approval` : '';
  return `by ${names.join(', ')}${approval}; ${often}; free ${frees}`;
}

/** Reads `on` or `off`. @throws UsageError */
export function readSwitch(text: string, option: string): boolean {
  if (text === 'on') return true;
  if (text === 'off') return false;
  throw new UsageError(`expected on or off for --${option}, found ${JSON.stringify(text)}`);
}

/** Options of what comes free while a machine may still run, and of the files that are answered: of offerings and of entitlements. */
export const SEAT_OPTIONS = {
  reinstalls: {
    type: 'string',
    value: 'N[/DAYS]',
    help: 'Seats that move at once to a machine set up anew, or are released at once: N, unlimited or default (one for ten seats, in a lease period).',
  },
  returns: {
    type: 'string',
    value: 'N[/DAYS]',
    help: 'Proofs for each seat that free it at once: N, unlimited or default (four in a lease period).',
  },
  dialects: { type: 'string', value: 'NAMES', help: 'Kinds of files that are answered: native, keygen, licensespring.' },
} as const;

/** Reads the options of {@link SEAT_OPTIONS}. */
export function readSeatOptions(typed: { text(option: keyof typeof SEAT_OPTIONS): string | undefined }) {
  return {
    reinstalls: given(typed.text('reinstalls'), (text) => readAllowance(text, 'reinstalls')),
    returns: given(typed.text('returns'), (text) => readAllowance(text, 'returns')),
    dialects: given(typed.text('dialects'), readNames),
  };
}
