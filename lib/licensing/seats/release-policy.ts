import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';

/** When a seat that is released without proof can be used again. */
export const RELEASE_RULES = ['when-lease-ran-out', 'at-once'] as const;
export type ReleaseRule = (typeof RELEASE_RULES)[number];

/** Who can be allowed to release a seat without proof: members their own seats, administrators those of their customer, support any. */
export const RELEASING_ROLES = ['member', 'customer_admin', 'support'] as const;
export type ReleasingRole = (typeof RELEASING_ROLES)[number];

/** The greatest number of releases in a number of days. */
export interface ReleaseLimit {
  readonly releases: number;
  readonly days: number;
}

/** What the vendor allows without the device's proof. Set on the offering, copied to the entitlement, and changed there on its own. */
export interface ReleasePolicy {
  /** Empty: nobody, so that only a proof frees a seat. */
  readonly allowedBy: readonly ReleasingRole[];
  /** Another person, an administrator of the customer or support, has to approve. */
  readonly needsApproval: boolean;
  /** The approver must have no tie to the claimant: see `approver-ties.ts`. */
  readonly needsIndependence: boolean;
  readonly limit: ReleaseLimit | null;
  readonly frees: ReleaseRule;
}

/** Who releases a seat. The operator, who sets the policy, is not bound by it. */
export type Releaser = { readonly role: 'operator' } | { readonly role: ReleasingRole; readonly isHolder: boolean };

/** Refuses a person who may not release a seat without proof, or ask for it; null when they may. */
export function refuseReleaser({ allowedBy }: Pick<ReleasePolicy, 'allowedBy'>, releaser: Releaser): Rejection | null {
  if (releaser.role === 'operator') return null;
  if (allowedBy.length === 0) return reject('release-not-offered');
  if (!allowedBy.includes(releaser.role)) return reject('release-not-allowed');
  if (releaser.role === 'member' && !releaser.isHolder) return reject('seat-of-another');
  return null;
}

/** What is left of the releases that the policy allows. */
export interface ReleaseQuota extends ReleaseLimit {
  readonly left: number;
  /** When there is one more; null while none was used. */
  readonly nextAt: Date | null;
}

const DAY_MS = 86_400_000;

/**
 * Counts what is left of the allowed releases. A release counts for the given days from its instant on; one that was undone does not.
 *
 * @param releasedAts instants of the releases, in any order; older ones are ignored
 */
export function releaseQuotaAt(limit: ReleaseLimit, releasedAts: readonly Date[], now: Date): ReleaseQuota {
  const spanMs = limit.days * DAY_MS;
  const counting = releasedAts.map((at) => at.getTime()).filter((at) => at > now.getTime() - spanMs);
  const [next] = counting.sort((one, other) => one - other).slice(Math.max(0, counting.length - limit.releases));
  const left = Math.max(0, limit.releases - counting.length);
  return { ...limit, left, nextAt: next === undefined ? null : new Date(next + spanMs) };
}
