import type { Scope } from '@/db/scope';

export const ROLES = ['member', 'customer_admin', 'support', 'operator'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Why somebody may look and change nothing, whatever their role: support looks as somebody of a customer, or has not come back from that
 * since it ran out.
 */
export type OnlyLooks = 'view-only' | 'view-ended';

/** Who asks. The operator works on the command line of the portal's own machine and has no account. */
export type Actor =
  | {
      readonly role: 'member' | 'customer_admin';
      readonly userId: string;
      readonly customerId: string;
      readonly label: string;
      readonly onlyLooks?: 'view-only';
    }
  | { readonly role: 'support'; readonly userId: string; readonly label: string; readonly onlyLooks?: 'view-ended' }
  | { readonly role: 'operator'; readonly label: string };

/** The rows an actor may touch. */
export function scopeOf(actor: Actor): Scope {
  switch (actor.role) {
    case 'member':
      return { kind: 'own', customerId: actor.customerId, userId: actor.userId };
    case 'customer_admin':
      return { kind: 'customer', customerId: actor.customerId };
    case 'support':
    case 'operator':
      return { kind: 'all' };
  }
}

/** Why the actor may change nothing; null for everybody who acts as themselves. */
export function onlyLooksOf(actor: Actor): OnlyLooks | null {
  return actor.role === 'operator' ? null : (actor.onlyLooks ?? null);
}

/** The person's account, as written into exchanges and audit; null for the operator. */
export function userIdOf(actor: Actor): string | null {
  return actor.role === 'operator' ? null : actor.userId;
}

/** The customer whose audit records what the actor does; null for support and the operator. */
export function customerIdOf(actor: Actor): string | null {
  return actor.role === 'member' || actor.role === 'customer_admin' ? actor.customerId : null;
}
