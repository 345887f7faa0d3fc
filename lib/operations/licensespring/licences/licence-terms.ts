import { overdraftColumns } from '@/db/catalogue/manage-catalogue';
import type { NewLicence } from '@/db/licensespring/licensespring-licences';
import { LICENCE_CONSUMPTION } from '@/lib/dialects/licensespring/request-details';
import type { Feature } from '@/lib/licensing/entitlements/entitlement';
import type { PlanType } from '@/lib/licensing/entitlements/plan';
import { addDuration } from '@/lib/licensing/leases/duration';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { LicenceInput } from './licence-input';

/** The default lease: as long as the licence, because files of this dialect carry no end but the term's. */
export const UNLIMITED_LEASE = 'P100Y';

/** Total consumption of a licence without a limit: more than devices can report. */
export const UNLIMITED_CONSUMPTION = Number.MAX_SAFE_INTEGER;

const DEFAULT_TERM = 'P1Y';
const DEFAULT_TRIAL = 'P30D';
const DAY_MS = 86_400_000;

/** The plan of a licence: a trial of any type is a trial. */
export function planOf({ type, trial }: Pick<LicenceInput, 'type' | 'trial'>): PlanType {
  return trial ? 'trial' : type;
}

/** The default term of a plan; null for a plan without end. */
export function defaultTermOf(plan: PlanType): string | null {
  switch (plan) {
    case 'trial':
      return DEFAULT_TRIAL;
    case 'time-limited':
    case 'subscription':
      return DEFAULT_TERM;
    case 'perpetual':
    case 'consumption':
      return null;
  }
}

function checkPlan(input: LicenceInput): string | null {
  const { validFrom, validUntil, graceHours, isUnlimited } = input;
  const plan = planOf(input);
  if (plan === 'trial' && graceHours !== null) return 'graceHours: a trial has no grace period';
  if (plan === 'trial' && isUnlimited) return 'isUnlimited: a trial has a number of activations';
  if (plan === 'perpetual' && validUntil !== null) return 'validUntil: a perpetual licence has no end';
  if (validFrom !== null && validUntil !== null && validFrom >= validUntil) return 'validUntil: expected an end after the start';
  return null;
}

function checkFeatures({ type, features, maxConsumptions }: LicenceInput): string | null {
  if (type !== 'consumption' && maxConsumptions !== null) return 'maxConsumptions: only a consumption licence has them';
  if (features.some(({ code }) => code === LICENCE_CONSUMPTION)) return `features: ${LICENCE_CONSUMPTION} stands for the licence`;
  const codes = features.map(({ code }) => code);
  return new Set(codes).size === codes.length ? null : 'features: one of them is named twice';
}

/** Checks an order. @returns `input-refused` with the problem; null when the licence can be created */
export function refuseLicence(input: LicenceInput): Rejection | null {
  const problem = checkPlan(input) ?? checkFeatures(input);
  return problem === null ? null : reject('input-refused', { problem });
}

/** The term of the licence. An end in the past gets a start one day earlier. */
function termOf(input: LicenceInput, at: Date): { startsAt: Date; termEndsAt: Date | null } {
  const { validFrom, validUntil } = input;
  const ended = validUntil !== null && validUntil <= at ? new Date(validUntil.getTime() - DAY_MS) : at;
  const startsAt = validFrom ?? ended;
  const length = defaultTermOf(planOf(input));
  return { startsAt, termEndsAt: validUntil ?? (length === null ? null : addDuration(startsAt, length)) };
}

function featuresOf({ type, features, maxConsumptions, maxOverages }: LicenceInput): Feature[] {
  const own = features.map(
    ({ code, limit }): Feature => (limit === null ? { code, kind: 'on-off', enabled: true } : { code, kind: 'counted', limit }),
  );
  if (type !== 'consumption') return own;
  const limit = maxConsumptions === null ? UNLIMITED_CONSUMPTION : maxConsumptions + maxOverages;
  return [{ code: LICENCE_CONSUMPTION, kind: 'counted', limit }, ...own];
}

/** The terms of the entitlement behind a licence. */
export function entitlementTerms(input: LicenceInput, at: Date) {
  const { maxActivations, isUnlimited, lease, isOffline, isDisabled, graceHours, maintenanceUntil, releaseRule } = input;
  return {
    ...termOf(input, at),
    ...overdraftColumns(isUnlimited ? { kind: 'unlimited' } : { kind: 'none' }),
    planType: planOf(input),
    startRule: 'on-date' as const,
    termLength: null,
    offlineLeasePeriod: isOffline ? (lease ?? UNLIMITED_LEASE) : null,
    gracePeriod: graceHours === null ? null : `PT${graceHours}H`,
    maintenanceEndsAt: maintenanceUntil,
    seats: maxActivations,
    releaseRule,
    features: featuresOf(input),
    attributes: {},
    disabledAt: isDisabled ? at : null,
    orderReference: input.orderReference ?? '',
    createdAt: at,
  };
}

/** The licence terms that the entitlement does not hold. */
export function licenceTerms(input: LicenceInput, at: Date): NewLicence {
  const { type, preventVm, maxTransfers, floating, customFields, features, maxOverages } = input;
  const ends = features.flatMap(({ code, endsAt }) => (endsAt === null ? [] : [[code, endsAt.toISOString()]]));
  return {
    licenceType: type,
    preventVm,
    maxTransfers,
    floating,
    maxOverages,
    customFields,
    featureEnds: Object.fromEntries(ends),
    createdAt: at,
  };
}
