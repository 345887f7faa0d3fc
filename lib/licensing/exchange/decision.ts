import type { Term } from '../entitlements/entitlement';
import type { Lease } from '../leases/lease';
import type { Rejection } from '../refusals/rejection';
import type { Lookalike } from '../seats/lookalike';

/** A device gets a seat (grant) or a new lease on the seat it has or had (renew). */
export interface Issue {
  readonly outcome: 'grant' | 'renew';
  /** The activation that goes on; null when a new one is made. */
  readonly activationId: string | null;
  /** The older activation whose machine this one looks like, and the outcome for its seat; null when there is none. */
  readonly lookalike: Lookalike | null;
  readonly lease: Lease;
  /** When the last of all leases of the seat has run out: of this one, or of an earlier one that runs longer. */
  readonly runsOutAt: Date;
  readonly term: Term;
  /** True when this activation starts the term of the entitlement. */
  readonly startsTerm: boolean;
  /** True when one more seat is held afterwards. */
  readonly takesSeat: boolean;
}

/** A device gave its seat back, with proof. */
export interface Return {
  readonly outcome: 'return';
  readonly activationId: string;
  /** False when the seat stays held, or was free already because the lease had run out before. */
  readonly freesSeat: boolean;
  /** Until when the seat stays held, because the allowed returns are used up; null when it is free. */
  readonly heldUntil: Date | null;
}

/** The same file was answered before: it gets the same answer. */
export interface Repeat {
  readonly outcome: 'repeat';
  readonly answeredBy: string;
}

/** A seat is taken from a device without its proof. */
export interface Release {
  readonly outcome: 'release';
  readonly activationId: string;
  /** Null: free at once. Otherwise the seat is held until this instant, when the last issued lease has run out. */
  readonly heldUntil: Date | null;
  readonly freesSeat: boolean;
}

/** A release needs the approval of another person. */
export interface Ask {
  readonly outcome: 'ask';
  /** The release as it would be now. */
  readonly release: Release;
}

/** A release is undone: the same activation goes on. */
export interface Undo {
  readonly outcome: 'undo';
  readonly activationId: string;
  readonly state: 'active' | 'lease_expired';
  /** True when one more seat is held afterwards. */
  readonly takesSeat: boolean;
}

export interface Reject {
  readonly outcome: 'reject';
  readonly rejection: Rejection;
}

/** Returns the decision if it issues a lease; null otherwise. */
export function findIssue(decision: Issue | Return | Repeat | Reject): Issue | null {
  return decision.outcome === 'grant' || decision.outcome === 'renew' ? decision : null;
}

/** Returns the older activation whose machine the request looks like; null when there is none. */
export function lookalikeOf(decision: Issue | Repeat | Reject): Lookalike | null {
  return findIssue(decision)?.lookalike ?? null;
}

/** Checks whether the decision would differ for another machine than the lookalike: it would not when that one keeps its seat or is this very machine. */
export function wouldDiffer(decision: Issue | Reject): boolean {
  const seat = lookalikeOf(decision)?.seat;
  return seat === 'moves' || seat === 'held' || seat === 'lapsed';
}
