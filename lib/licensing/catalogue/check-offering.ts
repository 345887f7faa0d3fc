import type { Feature } from '../entitlements/entitlement';
import type { PlanType } from '../entitlements/plan';
import type { IsoDuration } from '../leases/duration';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { Overdraft } from '../seats/overdraft';

/** The terms of an offering that depend on each other. */
export interface OfferingTerms {
  readonly planType: PlanType;
  readonly termLength: IsoDuration | null;
  readonly gracePeriod: IsoDuration | null;
  readonly overdraft: Overdraft;
  readonly features: readonly Feature[];
}

const NEEDS_TERM: readonly PlanType[] = ['time-limited', 'trial', 'subscription'];

function problemOf({ planType, termLength, gracePeriod, overdraft, features }: OfferingTerms): string | null {
  if (NEEDS_TERM.includes(planType) && termLength === null) return `a ${planType} plan needs a term`;
  if (planType === 'perpetual' && termLength !== null) return 'a perpetual plan has no term';
  if (planType === 'trial' && gracePeriod !== null) return 'a trial has no grace period';
  if (planType === 'trial' && overdraft.kind !== 'none') return 'a trial has no overdraft';
  const counted = features.some((feature) => feature.kind === 'counted');
  if (planType === 'consumption' && !counted) return 'a consumption plan needs a counted feature';
  const codes = features.map((feature) => feature.code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  return twice === undefined ? null : `the feature ${twice} is named twice`;
}

/** Refuses terms that contradict each other; null when they agree. Checked on input, so that no later rule meets an impossible plan. */
export function checkOffering(terms: OfferingTerms): Rejection | null {
  const problem = problemOf(terms);
  return problem === null ? null : reject('offering-refused', { problem });
}
