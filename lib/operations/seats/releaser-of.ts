import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { ActivationRow } from '@/db/seats/activation-json';
import type { Claim } from '@/lib/licensing/claims/lost-device-claim';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import { possiblyRunning, reinstallTimes } from '@/lib/licensing/seats/allowance';
import type { Undoer } from '@/lib/licensing/seats/decide-undo';
import type { TakeOverRules } from '@/lib/licensing/seats/lookalike';
import type { Releaser } from '@/lib/licensing/seats/release-policy';
import type { Actor } from '../actor';
import { isPerson, requirePerson, userIdOf } from '../actor';

/** The actor in the terms of the release policy. A person holds a seat that they took. */
export function releaserOf(actor: Actor, { activatedBy }: Pick<ActivationRow, 'activatedBy'>): Releaser {
  if (actor.role === 'operator') return { role: actor.role };
  const { role, userId } = requirePerson(actor);
  return { role, isHolder: activatedBy === userId };
}

/** Whether an undo can take the seat again, by the rules for taking a seat. */
export function isSeatFreeFor(
  { entitlement, isCodeFull }: { entitlement: EntitlementRow; isCodeFull: boolean },
  now: Date,
): boolean {
  const { seatsHeld, seatsCap, freed } = entitlement;
  // The machine is counted as possibly running already when its seat came free before its lease ran out.
  const mayRun = possiblyRunning(seatsHeld, freed, now) <= seatsCap + reinstallTimes(entitlement);
  return seatsHeld < seatsCap && mayRun && !isCodeFull;
}

/** The rules that decide whether the seat of a machine moves to one that looks like it. Guests and applications may release none. */
export function takeOverRulesOf(
  actor: Actor,
  of: {
    readonly entitlement: EntitlementRow;
    readonly activation: ActivationRow | null;
    readonly releases: readonly { readonly entitlementId: string; readonly at: Date }[];
    readonly reinstalls: AllowanceLeft;
  },
): TakeOverRules {
  const { entitlement, activation, releases, reinstalls } = of;
  const mayRelease = isPerson(actor) || actor.role === 'operator';
  return {
    policy: entitlement.releasePolicy,
    releaser: mayRelease ? releaserOf(actor, { activatedBy: activation?.activatedBy ?? null }) : null,
    releasedAts: releases.filter(({ entitlementId }) => entitlementId === entitlement.id).map(({ at }) => at),
    reinstalls,
  };
}

/** The actor in the terms of the rules of undo. Who made the approved claim counts as the releaser as well. */
export function undoerOf(
  actor: Actor,
  { releasedBy, claim }: Pick<ActivationRow, 'releasedBy'> & { readonly claim: Claim | null },
): Undoer {
  const userId = userIdOf(actor);
  const wasAsked = claim?.state === 'approved' && claim.claimantId === userId;
  const role = actor.role === 'operator' ? actor.role : requirePerson(actor).role;
  return { role, isReleaser: userId !== null && (releasedBy === userId || wasAsked) };
}
