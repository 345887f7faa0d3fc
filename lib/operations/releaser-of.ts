import type { ActivationRow } from '@/db/activation-json';
import type { Undoer } from '@/lib/licensing/decide-undo';
import type { Claim } from '@/lib/licensing/lost-device-claim';
import type { Releaser } from '@/lib/licensing/release-policy';
import type { Actor } from './actor';
import { requirePerson, userIdOf } from './actor';

/** An actor as the release policy sees them: a seat is a member's own when they took it. */
export function releaserOf(actor: Actor, { activatedById }: Pick<ActivationRow, 'activatedById'>): Releaser {
  if (actor.role === 'operator') return { role: actor.role };
  const { role, userId } = requirePerson(actor);
  return { role, isHolder: activatedById === userId };
}

/** An actor as somebody who undoes a release: it is also that of whoever asked for it. */
export function undoerOf(
  actor: Actor,
  { releasedById, claim }: Pick<ActivationRow, 'releasedById'> & { readonly claim: Claim | null },
): Undoer {
  const userId = userIdOf(actor);
  const wasAsked = claim?.state === 'approved' && claim.claimantId === userId;
  const role = actor.role === 'operator' ? actor.role : requirePerson(actor).role;
  return { role, isReleaser: userId !== null && (releasedById === userId || wasAsked) };
}
