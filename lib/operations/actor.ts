import type { Scope } from '@/db/scope';

export const ROLES = ['member', 'customer_admin', 'support', 'operator', 'visitor', 'guest', 'application'] as const;
export type Role = (typeof ROLES)[number];

/**
 * The refusal code for commands of an actor who can read and change nothing: `view-only` while support impersonates a person of a customer,
 * `view-ended` from the end of that until support has left the impersonation.
 */
export type ReadOnlyReason = 'view-only' | 'view-ended';

/**
 * Who performs an operation. The operator works on the command line of the portal's machine and has no account. A visitor is signed out and
 * known by the network address (`client`) alone: what proves a right, such as a code, a secret or a link, is in the input of the operation. A
 * guest is a visitor whose browser (`visitorId`) is known as well, because it handed files in; the file at hand is all that entitles them. An
 * application of the vendor calls the portal from its network address; what it sends is all that entitles it.
 *
 * The web server makes actors in lib/web/request-context.ts, lib/web/guest/guest-context.ts, lib/web/application-context.ts and, for its own tasks,
 * lib/web/mail/mailing.ts; the command line in lib/operator.
 *
 * `isFresh`: the person has given a fresh proof within the last FRESH_PROOF_MINUTES (limits.ts). Left out: there is none, or it is too old.
 */
export type Actor =
  | {
      readonly role: 'member' | 'customer_admin';
      readonly userId: string;
      readonly customerId: string;
      readonly label: string;
      readonly readOnlyReason?: 'view-only';
      readonly isFresh?: true;
      /** The person of support who impersonates this one. */
      readonly impersonator?: { readonly userId: string; readonly label: string };
    }
  | {
      readonly role: 'support';
      readonly userId: string;
      readonly label: string;
      readonly readOnlyReason?: 'view-ended';
      readonly isFresh?: true;
      readonly impersonator?: never;
    }
  | { readonly role: 'operator'; readonly label: string }
  | VisitorActor
  | GuestActor
  | ApplicationActor;

/** An actor with an account. */
export type PersonalActor = Exclude<Actor, { readonly role: 'operator' | 'visitor' | 'guest' | 'application' }>;

/** The roles with an account. */
export const PERSONAL_ROLES: readonly Role[] = ['member', 'customer_admin', 'support'];

export function isPerson(actor: Actor): actor is PersonalActor {
  return PERSONAL_ROLES.includes(actor.role);
}

/** Narrows an actor to one with an account, where permissions admit no other. @throws TypeError for all others */
export function requirePerson(actor: Actor): PersonalActor {
  if (isPerson(actor)) return actor;
  throw new TypeError(`expected somebody with an account, found the ${actor.role}`);
}

/** Narrows an actor to a visitor, where permissions admit no other. @throws TypeError for all others */
export function requireVisitor(actor: Actor): VisitorActor {
  if (actor.role === 'visitor') return actor;
  throw new TypeError(`expected a visitor, found the ${actor.role}`);
}

export interface VisitorActor {
  readonly role: 'visitor';
  readonly label: 'visitor';
  /** The network address, or one name for all whose address is unknown. */
  readonly client: string;
}

export interface ApplicationActor {
  readonly role: 'application';
  /** The name in the audit, such as that of the API it calls. */
  readonly label: string;
  readonly client: string;
}

export interface GuestActor {
  readonly role: 'guest';
  readonly label: 'guest';
  readonly visitorId: string;
  readonly client: string;
}

/** How long a guest can open a file again in the browser that handed it in. After that, handing in the same file gets the same answer. */
export const GUEST_FILES_STAY_HOURS = 24;

/** The rows an actor may touch: for a guest the files of the browser, for a visitor and an application none. {@link scopeOfFile} adds what a file proves. */
export function scopeOf(actor: Actor): Scope {
  switch (actor.role) {
    case 'member':
      return { kind: 'own', customerId: actor.customerId, userId: actor.userId };
    case 'customer_admin':
      return { kind: 'customer', customerId: actor.customerId };
    case 'support':
    case 'operator':
      return { kind: 'all' };
    case 'guest':
      return { kind: 'visitor', visitorId: actor.visitorId, hours: GUEST_FILES_STAY_HOURS };
    case 'visitor':
    case 'application':
      return { kind: 'nothing' };
  }
}

/**
 * Whether answers made for this actor may name the customer of the licence. A guest has a file, which does not show that they belong to the
 * customer; an application is the vendor's own.
 */
export function mayKnowCustomer({ role }: Pick<Actor, 'role'>): boolean {
  return role !== 'guest';
}

/** The refusal code for an actor who can change nothing; null for everybody who acts as themselves. */
export function readOnlyReasonOf(actor: Actor): ReadOnlyReason | null {
  return isPerson(actor) ? (actor.readOnlyReason ?? null) : null;
}

/** The id of the person's account, as exchanges and audit record it; null for actors without one. */
export function userIdOf(actor: Actor): string | null {
  return isPerson(actor) ? actor.userId : null;
}

/** Who an audit entry names for what the actor does: the person of support during an impersonation. */
export function auditIdentityOf(actor: Actor): { readonly userId: string | null; readonly actor: string; readonly role: Role } {
  const impersonator = isPerson(actor) ? actor.impersonator : undefined;
  if (impersonator !== undefined) return { userId: impersonator.userId, actor: impersonator.label, role: 'support' };
  return { userId: userIdOf(actor), actor: actor.label, role: actor.role };
}

/** The customer whose audit records what the actor does; null for all others. */
export function customerIdOf(actor: Actor): string | null {
  return actor.role === 'member' || actor.role === 'customer_admin' ? actor.customerId : null;
}
