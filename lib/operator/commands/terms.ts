import type { Options, Reader } from '@/lib/command-line/command';
import { names, oneOf, pair, wholeNumber } from '@/lib/command-line/readers';
import { DIALECT_IDS } from '@/lib/licensing/dialects/dialect-id';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import type { AllowanceTerms } from '@/lib/licensing/seats/allowance';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { UNLIMITED_SEATS } from '@/lib/licensing/seats/overdraft';
import type { ReleaseLimit, ReleasePolicy, ReleasingRole } from '@/lib/licensing/seats/release-policy';
import type { Part } from './perform-command';
import { part } from './perform-command';

/** Reads `none`, `unlimited`, `absolute:N` or `percent:N`. */
export const overdraft: Reader<Overdraft> = {
  expects: 'none, absolute:N, percent:N or unlimited',
  read(text) {
    const [kind, value] = text.split(':');
    if ((kind === 'none' || kind === 'unlimited') && value === undefined) return { kind };
    const number = wholeNumber.read(value ?? '');
    if (number === undefined) return undefined;
    if (kind === 'absolute') return { kind, seats: number };
    return kind === 'percent' ? { kind, percent: number } : undefined;
  },
};

/** Writes what {@link overdraft} reads. */
export function writeOverdraft(kind: Overdraft['kind'], value: number): string {
  return kind === 'absolute' || kind === 'percent' ? `${kind}:${value}` : kind;
}

/** Reads `code` (on) or `code=limit` (counted). */
export const feature: Reader<Feature> = {
  expects: 'CODE[=LIMIT]',
  read(text) {
    const [code = '', limit] = text.split('=');
    if (limit === undefined) return { code, kind: 'on-off', enabled: true };
    const number = wholeNumber.read(limit);
    return number === undefined ? undefined : { code, kind: 'counted', limit: number };
  },
};

const RELEASERS: ReadonlyMap<string, ReleasingRole> = new Map([
  ['member', 'member'],
  ['admin', 'customer_admin'],
  ['support', 'support'],
]);

function namesOf(roles: readonly ReleasingRole[]): string[] {
  return [...RELEASERS].filter(([, role]) => roles.includes(role)).map(([name]) => name);
}

/** Reads `none`, or some of `member`, `admin` and `support` with commas between. */
const releaseRoles: Reader<ReleasingRole[]> = {
  expects: 'none, or some of member,admin,support',
  read(text) {
    if (text === 'none') return [];
    const roles = text.split(',').map((name) => RELEASERS.get(name.trim()));
    return roles.every((role) => role !== undefined) ? roles : undefined;
  },
};

/** Reads `N/DAYS`, or `none` for any number. */
const releaseLimit: Reader<ReleaseLimit | null> = {
  expects: 'N/DAYS such as 3/30, or none',
  read(text) {
    if (text === 'none') return null;
    const [releases, days, ...more] = text.split('/').map(wholeNumber.read);
    return releases === undefined || days === undefined || more.length > 0 ? undefined : { releases, days };
  },
};

/** Reads `N`, `N/DAYS`, `unlimited` or `default`. */
const allowance: Reader<AllowanceTerms> = {
  expects: 'N, N/DAYS, unlimited or default',
  read(text) {
    const [often = '', days, ...more] = text.split('/');
    const inDays = days === undefined ? null : wholeNumber.read(days);
    const times = often === 'default' ? null : timesIn(often);
    return inDays === undefined || times === undefined || more.length > 0 ? undefined : { times, days: inDays };
  },
};

function timesIn(text: string): number | undefined {
  return text === 'unlimited' ? UNLIMITED_SEATS : wholeNumber.read(text);
}

/** Writes what {@link allowance} reads. */
export function writeAllowance({ times, days }: AllowanceTerms): string {
  const often = times === null ? 'default' : timesWord(times);
  return days === null ? often : `${often}/${days}`;
}

function timesWord(times: number): string {
  return times === UNLIMITED_SEATS ? 'unlimited' : String(times);
}

/** Describes a release policy in one line. */
export function writeReleasePolicy({ allowedBy, needsApproval, needsIndependence, limit, frees }: ReleasePolicy): string {
  if (allowedBy.length === 0) return 'not without proof';
  const often = limit === null ? 'any number' : `at most ${limit.releases} in ${limit.days} days`;
  const approval = needsApproval ? `; with ${needsIndependence ? 'independent ' : ''}approval` : '';
  return `by ${namesOf(allowedBy).join(', ')}${approval}; ${often}; free ${frees}`;
}

/** Options of offerings and entitlements: how seats are freed, and which dialects are answered. */
export const SEAT_OPTIONS = {
  releaseRule: { flags: '--release RULE', help: 'When the seat of a lost device is free.' },
  releaseRoles: {
    flags: '--release-by ROLES',
    reader: releaseRoles,
    help: 'Who may release it: none, or some of member,admin,support.',
  },
  releaseLimit: {
    flags: '--release-limit N/DAYS',
    reader: releaseLimit,
    help: 'At most so many releases, such as 3/30, or none.',
  },
  reinstalls: {
    flags: '--reinstalls N[/DAYS]',
    reader: allowance,
    help: 'Seats that move at once to a machine set up anew, or are released at once: N, unlimited or default (one for ten seats, in a lease period).',
  },
  returns: {
    flags: '--returns N[/DAYS]',
    reader: allowance,
    help: 'Proofs for each seat that free it at once: N, unlimited or default (four in a lease period).',
  },
  dialects: {
    flags: '--dialects NAMES',
    reader: names,
    help: `Kinds of files that are answered: ${DIALECT_IDS.join(', ')}.`,
  },
} as const satisfies Options;

/** Whether a release needs approval, and by an independent person. */
export const RELEASE_APPROVAL = part(
  {
    approval: {
      flags: '--release-approval HOW',
      reader: oneOf(['yes', 'no', 'independent']),
      help: 'Whether somebody else has to agree: no, yes, or independent of whoever asks.',
    },
  },
  ({ approval }) =>
    approval === undefined ? {} : { releaseApproval: approval !== 'no', releaseIndependent: approval === 'independent' },
);

/** Key-value pairs, each typed as an option of its own. */
export function pairsPart(field: string, flags: `--${string} ${string}=${string}`, help: string): Part {
  const option = { flags, isRepeated: true, reader: pair(flags.split(' ')[1] ?? flags), help } as const;
  return part({ pairs: option }, ({ pairs }) => ({ [field]: Object.fromEntries(pairs) }));
}
