import type { IsoDuration } from '../leases/duration';
import { addDuration } from '../leases/duration';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';
import type { Allowances } from '../seats/allowance';
import type { Overdraft } from '../seats/overdraft';
import type { PlanType, StartRule } from './plan';

/** What one customer may use, as the rules need it. Created from an offering; later changes of the offering do not reach it. */
export interface Entitlement {
  readonly id: string;
  /** Incremented with every change of its terms. A decision holds only for the revision it was made on. */
  readonly revision: number;
  readonly productCode: string;
  readonly offeringCode: string;
  readonly planType: PlanType;
  readonly startRule: StartRule;
  /** Start of the term; null while it waits for the first activation. */
  readonly startsAt: Date | null;
  /** Length of the term; null when the term has no end, or ends on a date that is already in `termEndsAt`. */
  readonly termLength: IsoDuration | null;
  /** End of the term; null when it has none, or when the term has not started. */
  readonly termEndsAt: Date | null;
  /** How long one file lets a device run; null when offline use is not sold. */
  readonly offlineLeasePeriod: IsoDuration | null;
  readonly gracePeriod: IsoDuration | null;
  readonly maintenanceEndsAt: Date | null;
  readonly seats: number;
  readonly overdraft: Overdraft;
  readonly allowances: Allowances;
  readonly features: readonly Feature[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly disabledAt: Date | null;
}

export const ENTITLEMENT_STATES = ['scheduled', 'active', 'grace', 'expired', 'disabled'] as const;
export type EntitlementState = (typeof ENTITLEMENT_STATES)[number];

/** When a term runs. Both null: no start yet and no end known. */
export interface Term {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** What the term of an entitlement, and its state, follow from. */
export type TermTerms = Pick<
  Entitlement,
  'planType' | 'startRule' | 'startsAt' | 'termLength' | 'termEndsAt' | 'gracePeriod' | 'disabledAt'
>;

/** Computes the term once a device is activated at `now`: a term that waits for its first activation starts. */
export function termFrom(entitlement: TermTerms, now: Date): Term {
  if (entitlement.startsAt !== null) return { startsAt: entitlement.startsAt, endsAt: entitlement.termEndsAt };
  if (entitlement.termLength === null) return { startsAt: now, endsAt: entitlement.termEndsAt };
  return { startsAt: now, endsAt: addDuration(now, entitlement.termLength) };
}

/** Returns the grace period in effect: a trial has none, even if the offering names one. */
export function graceOf(entitlement: Pick<Entitlement, 'planType' | 'gracePeriod'>): IsoDuration | null {
  return entitlement.planType === 'trial' ? null : entitlement.gracePeriod;
}

/** Returns the overdraft in effect: a trial has none, even if the offering names one. */
export function overdraftOf(entitlement: Pick<Entitlement, 'planType' | 'overdraft'>): Overdraft {
  return entitlement.planType === 'trial' ? { kind: 'none' } : entitlement.overdraft;
}

/** Computes the instant after which nothing of the entitlement can run: the term end and its grace; null when the term has no end. */
export function termRunsOutAt(entitlement: Pick<Entitlement, 'planType' | 'gracePeriod'>, term: Term): Date | null {
  if (term.endsAt === null) return null;
  const grace = graceOf(entitlement);
  return grace === null ? term.endsAt : addDuration(term.endsAt, grace);
}

/** Computes the state at an instant. A term that waits for its first activation is active: it can be used at once. */
export function entitlementStateAt(entitlement: TermTerms, now: Date): EntitlementState {
  if (entitlement.disabledAt !== null) return 'disabled';
  const term = termFrom(entitlement, now);
  if (term.startsAt !== null && now < term.startsAt) return 'scheduled';
  if (term.endsAt === null || now < term.endsAt) return 'active';
  const runsOutAt = termRunsOutAt(entitlement, term);
  return runsOutAt !== null && now < runsOutAt ? 'grace' : 'expired';
}

/**
 * Chooses the entitlement a request means: among those its activation code covers, the one it names, or else the only one of its product. A request that
 * names no product means any.
 */
export function chooseEntitlement<E extends Pick<Entitlement, 'id' | 'productCode'>>(input: {
  covered: readonly E[];
  productCode: string | null;
  entitlementId: string | null;
}): E | Rejection {
  const { covered, productCode, entitlementId } = input;
  const ofProduct = covered.filter((entitlement) => productCode === null || entitlement.productCode === productCode);
  const meant = entitlementId === null ? ofProduct : ofProduct.filter((entitlement) => entitlement.id === entitlementId);
  if (meant.length > 1) return reject('entitlement-ambiguous', { count: meant.length });
  return meant[0] ?? reject('entitlement-unknown');
}

/** A right that is on or off, or counted up to a limit. */
export type Feature =
  | { readonly code: string; readonly kind: 'on-off'; readonly enabled: boolean }
  | { readonly code: string; readonly kind: 'counted'; readonly limit: number };
