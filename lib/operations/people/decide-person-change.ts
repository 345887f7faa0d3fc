import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';

/** What people of a customer can be. */
export const CUSTOMER_ROLES = ['member', 'customer_admin'] as const;
export type CustomerRole = (typeof CUSTOMER_ROLES)[number];

/** What is to become of somebody. */
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
    /** Null: invited, and not here yet. */
    readonly joinedAt: Date | null;
  };
  readonly actorId: string;
  /** The actor still has the account and the role that the session was looked up with. */
  readonly actorStands: boolean;
  /** Administrators of the customer beside the person, without those who were invited and are not here yet. */
  readonly otherAdmins: number;
  readonly change: PersonChange;
}

/**
 * Decides whether somebody may be changed. That the actor may see the person, and has the right, was checked before.
 *
 * @returns the rejection that stands in the way; null when nothing does
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
