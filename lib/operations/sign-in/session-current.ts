import { z } from 'zod';
import type { Reader } from '@/db/sign-in/sessions-current';
import { findReader } from '@/db/sign-in/sessions-current';
import type { PersonalActor } from '../actor';
import type { OperationContext } from '../context';
import { FRESH_PROOF_MINUTES, SESSION_IDLE_HOURS } from '../limits/limits';

/** The person who is signed in with a browser. */
export interface SignedIn {
  readonly sessionId: string;
  /** The actor of every page and act. While support impersonates a person of a customer: that person, read-only. */
  readonly actor: PersonalActor;
  /** The person who signed in: differs from `actor` only during impersonation. Used to sign out and to end the impersonation. */
  readonly self: PersonalActor;
  readonly name: string;
  readonly email: string;
  /** Null for the vendor's own people. */
  readonly customerName: string | null;
  /** Null when nobody is impersonated. */
  readonly viewing: Viewing | null;
}

/** An impersonation by support. */
export interface Viewing {
  readonly endsAt: Date;
  /** The time is over, and support has not left the impersonation yet. */
  readonly ended: boolean;
}

const boundId = z.uuid();

/**
 * Finds the person of a session, and so the actor of a request. It is no operation, because an operation needs an actor.
 *
 * @returns null when the session ended, was not used for 12 hours, is 7 days old, or its person was disabled
 */
export async function findSignedIn(context: Pick<OperationContext, 'db' | 'now'>, sessionId: unknown): Promise<SignedIn | null> {
  const id = boundId.safeParse(sessionId);
  if (!id.success) return null;
  const reader = await findReader(context.db, {
    ...{ sessionId: id.data, now: context.now },
    ...{ idleHours: SESSION_IDLE_HOURS, freshMinutes: FRESH_PROOF_MINUTES },
  });
  if (reader === null) return null;
  const self = actorOf(reader);
  const { viewing, sessionId: found, email, name, customerName } = reader;
  if (viewing === null || self.role !== 'support') {
    return { sessionId: found, actor: self, self, email, name, customerName, viewing: null };
  }
  const { endsAt, viewed } = viewing;
  if (viewed === null) {
    const actor = { ...self, onlyLooks: 'view-ended' } as const;
    return { sessionId: found, actor, self, email, name, customerName, viewing: { endsAt, ended: true } };
  }
  const { role, userId, customerId } = viewed;
  const looker = { userId: self.userId, label: self.label };
  const actor = { role, userId, customerId, label: viewed.email, onlyLooks: 'view-only', looker } as const;
  const shown = { email: viewed.email, name: viewed.name, customerName: viewed.customerName };
  return { sessionId: found, actor, self, ...shown, viewing: { endsAt, ended: false } };
}

function actorOf({ role, userId, customerId, email, isFresh }: Reader): PersonalActor {
  const proof = isFresh ? { isFresh } : {};
  if (role === 'support') return { role, userId, label: email, ...proof };
  if (customerId === null) throw new Error(`expected a customer for the ${role} ${userId}, found none`);
  return { role, userId, customerId, label: email, ...proof };
}
