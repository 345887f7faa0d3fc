import { z } from 'zod';
import { DIALECT_IDS } from '@/lib/licensing/dialects/dialect-id';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import { addDuration, isDuration } from '@/lib/licensing/leases/duration';
import type { Overdraft } from '@/lib/licensing/seats/overdraft';
import { UNLIMITED_SEATS } from '@/lib/licensing/seats/overdraft';
import { RELEASING_ROLES } from '@/lib/licensing/seats/release-policy';
import { boundedText, nfcText } from '@/lib/signing/bounded-text';

/** Control characters, line separators, bidirectional marks and `-----`, which our file formats cannot carry in a name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]|-----/u;

/** A code such as `press-control`, safe in files and on command lines. */
export const code = boundedText(64)
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 letters, digits, dots, hyphens or underscores')
  .refine((text) => !text.includes('-----'), 'expected fewer hyphens in a row');

/** One line of text for people, trimmed and in NFC. */
export function line(max: number) {
  return nfcText(max).pipe(
    boundedText(max)
      .min(1, 'expected some text')
      .refine((text) => !NOT_IN_NAMES.test(text), 'expected one line of plain text'),
  );
}

/** An e-mail address in lower case, as it is stored. */
export const email = boundedText(300)
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@\p{C}]+@[^\s@\p{C}]+$/u, 'expected an e-mail address');

const LONGEST_DURATION_END = new Date('2170-01-01T00:00:00Z');

/** An ISO 8601 duration of at most 200 years. */
export const duration = boundedText(60).refine(
  (text) => isDuration(text) && addDuration(new Date(0), text) <= LONGEST_DURATION_END,
  'expected an ISO 8601 duration such as P90D, up to P200Y',
);

/** An instant from 1990 to 2199: ISO 8601 with a time zone, or a bare date in UTC. */
export const instant = boundedText(40)
  .pipe(
    z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'expected an instant such as 2026-01-31 or 2026-01-31T12:00:00Z'),
  )
  .transform((text) => new Date(text))
  .refine((at) => at.getUTCFullYear() >= 1990 && at.getUTCFullYear() < 2200, 'expected a year from 1990 to 2199');

const MOST_SEATS = 1_000_000;

export const seats = z.int().min(0).max(MOST_SEATS);

export const overdraft: z.ZodType<Overdraft> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('absolute'), seats: z.int().min(1).max(MOST_SEATS) }),
  z.strictObject({ kind: z.literal('percent'), percent: z.int().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('unlimited') }),
]);

const feature: z.ZodType<Feature> = z.discriminatedUnion('kind', [
  z.strictObject({ code, kind: z.literal('on-off'), enabled: z.boolean() }),
  z.strictObject({ code, kind: z.literal('counted'), limit: z.int().min(1).max(1_000_000_000) }),
]);

/** The roles that may release a seat without proof, each once; empty: nobody may. */
export const releaseRoles = z.array(z.enum(RELEASING_ROLES)).transform((roles) => [...new Set(roles)]);

/** At most `releases` releases in `days` days. */
export const releaseLimit = z.strictObject({ releases: z.int().min(1).max(10_000), days: z.int().min(1).max(3660) });

/** At most `times` in `days` days; null stands for the default. */
const allowanceTerms = z.strictObject({
  times: z.int().min(0).max(UNLIMITED_SEATS).nullable(),
  days: z.int().min(1).max(3660).nullable().default(null),
});

/** How often a seat may come free while the machine that gave it up may still run. */
export const allowances = { reinstalls: allowanceTerms, returns: allowanceTerms } as const;

/** The columns of the allowances that are given; the others stay unchanged. */
export function allowanceColumns(input: {
  readonly reinstalls?: z.output<typeof allowanceTerms> | undefined;
  readonly returns?: z.output<typeof allowanceTerms> | undefined;
}) {
  const { reinstalls, returns } = input;
  return {
    ...(reinstalls && { reinstallLimit: reinstalls.times, reinstallDays: reinstalls.days }),
    ...(returns && { returnLimit: returns.times, returnDays: returns.days }),
  };
}

/** The dialects whose files are answered: at least one, each once. */
export const dialectNames = z
  .array(z.enum(DIALECT_IDS))
  .min(1)
  .transform((names) => [...new Set(names)]);

/** How many components of a fingerprint must match. */
export const fingerprintRequired = z.int().min(1).max(16);

/** Names of fingerprint components, each once. */
export const componentNames = z
  .array(boundedText(32).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, 'expected the name of a component'))
  .max(32)
  .transform((names) => [...new Set(names)].sort());

/** Every reply carries features and attributes, and a reply is 16 KiB at most. */
const LARGEST_JSON = 4000;

export const features = z
  .array(feature)
  .max(64)
  .refine((list) => JSON.stringify(list).length <= LARGEST_JSON, 'expected fewer or shorter features');

export const attributes = z
  .record(code, line(1000))
  .refine((map) => JSON.stringify(map).length <= LARGEST_JSON, 'expected fewer or shorter attributes');
