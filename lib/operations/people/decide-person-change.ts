import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';

/** The roles of people of a customer. */
export const CUSTOMER_ROLES = ['member', 'customer_admin'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];

/** A change to a person: another role, removal, or the invitation once more. */
export type PersonChange =
  | { readonly kind: 'role'; readonly role: CustomerRole }
  | { readonly kind: 'remove' }
  | { readonly kind: 'resend' };

interface PersonCase {
  readonly person: {
    readonly id: string;
    readonly role: CustomerRole;
    readonly removedAt: Date | null;
    readonly firstSignInAt: Date | null;
    /** Null: invited, and has not signed in yet. */
    readonly joinedAt: Date | null;
  };
  readonly actorId: string;
  /** The actor still has the account and the role of their session. */
  readonly actorStands: boolean;
  /** Active administrators of the customer, without this person and without open invitations. */
  readonly otherAdmins: number;
  readonly change: PersonChange;
}

/**
 * Decides whether a person may be changed. The actor's permission, and that the person is in their scope, were checked before.
 *
 * @returns the rejection; null when the change is allowed
 */
export function decidePersonChange({ person, actorId, actorStands, otherAdmins, change }: PersonCase): Rejection | null {
  if (!actorStands) return reject('not-allowed');
  if (person.removedAt !== null) return reject('person-removed');
  switch (change.kind) {
    case 'resend':
      return person.firstSignInAt === null ? null : reject('already-signed-in');
    case 'role':
      if (person.id === actorId) return reject('own-role');
      if (change.role !== 'customer_admin' && isLastAdmin(person, otherAdmins)) return reject('last-admin');
      return null;
    case 'remove':
      return isLastAdmin(person, otherAdmins) ? reject('last-admin') : null;
  }
}

function isLastAdmin({ role, joinedAt }: PersonCase['person'], otherAdmins: number): boolean {
  return role === 'customer_admin' && joinedAt !== null && otherAdmins === 0;
}
