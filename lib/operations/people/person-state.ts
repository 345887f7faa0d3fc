import { INVITATION_DAYS } from '../limits/limits';

/** The state of a person at a customer, from invitation to removal. */
export type PersonState = 'added' | 'invited' | 'mail-refused' | 'mail-failed' | 'ran-out' | 'active' | 'removed';

interface Standing {
  readonly now: Date;
  /** Null: invited, and has not signed in yet. */
  readonly joinedAt: Date | null;
  readonly removedAt: Date | null;
  readonly firstSignInAt: Date | null;
  readonly invitedAt: Date | null;
  readonly mail: 'accepted' | 'refused' | 'failed' | null;
}

const DAY_MS = 86_400_000;

/** When an invitation expires; null for an account without an open invitation. */
export function invitationEndsAt({ joinedAt, invitedAt }: Pick<Standing, 'joinedAt' | 'invitedAt'>): Date | null {
  return joinedAt === null && invitedAt !== null ? new Date(invitedAt.getTime() + INVITATION_DAYS * DAY_MS) : null;
}

/** The state of a person. `added`: the vendor created the account without a mail. `ran-out`: the invitation expired. */
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
