/** How far somebody is from being among the people of a customer. */
export type PersonState = 'added' | 'invited' | 'mail-refused' | 'mail-failed' | 'active' | 'removed';

interface Standing {
  readonly removedAt: Date | null;
  readonly firstSignInAt: Date | null;
  readonly invitedAt: Date | null;
  readonly mail: 'accepted' | 'refused' | 'failed' | null;
}

/** The state of a person. `added`: the vendor made the account, and nobody was written to. */
export function personStateOf({ removedAt, firstSignInAt, invitedAt, mail }: Standing): PersonState {
  if (removedAt !== null) return 'removed';
  if (firstSignInAt !== null) return 'active';
  if (invitedAt === null) return 'added';
  if (mail === 'refused') return 'mail-refused';
  return mail === 'failed' ? 'mail-failed' : 'invited';
}
