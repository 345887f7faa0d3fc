import { INVITATION_DAYS } from '../limits/limits';

/** How far somebody is from being among the people of a customer. */
export type PersonState = 'added' | 'invited' | 'mail-refused' | 'mail-failed' | 'ran-out' | 'active' | 'removed';

interface Standing {
  readonly now: Date;
  /** Null: invited, and not here yet. */
  readonly joinedAt: Date | null;
  readonly removedAt: Date | null;
  readonly firstSignInAt: Date | null;
  readonly invitedAt: Date | null;
  readonly mail: 'accepted' | 'refused' | 'failed' | null;
}

const DAY_MS = 86_400_000;

/** Until when an invitation can be accepted; null for an account that waits for nobody. */
export function invitationEndsAt({ joinedAt, invitedAt }: Pick<Standing, 'joinedAt' | 'invitedAt'>): Date | null {
  return joinedAt === null && invitedAt !== null ? new Date(invitedAt.getTime() + INVITATION_DAYS * DAY_MS) : null;
}

/** The state of a person. `added`: the vendor made the account, and nobody was written to. `ran-out`: they did not come in time. */
export function personStateOf(standing: Standing): PersonState {
  const { now, removedAt, firstSignInAt, invitedAt, mail } = standing;
  const endsAt = invitationEndsAt(standing);
  if (endsAt !== null && endsAt <= (removedAt ?? now)) return 'ran-out';
  if (removedAt !== null) return 'removed';
  if (firstSignInAt !== null) return 'active';
  if (invitedAt === null) return 'added';
  if (mail === 'refused') return 'mail-refused';
  return mail === 'failed' ? 'mail-failed' : 'invited';
}
