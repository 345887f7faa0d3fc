import { z } from 'zod';
import type { Reader } from '@/db/sign-in/sessions-current';
import { findReader } from '@/db/sign-in/sessions-current';
import type { PersonalActor } from '../actor';
import type { OperationContext } from '../context';
import { FRESH_PROOF_MINUTES, SESSION_IDLE_HOURS } from '../limits/limits';

/** The person who is signed in with a browser. */
export interface SignedIn {
  readonly sessionId: string;
  /** Whose rights every page and act has: during an impersonation those of the impersonated person, to read only. */
  readonly actor: PersonalActor;
  /** The person who signed in: the impersonator during an impersonation, otherwise the actor. Only to sign out and to end the impersonation. */
  readonly self: PersonalActor;
  readonly name: string;
  readonly email: string;
  /** Null: the vendor's own people. */
  readonly customerName: string | null;
  /** Null for everybody who acts as themselves. */
  readonly impersonation: Impersonation | null;
}

/** A person of support uses the portal as a person of a customer, to read only. */
export interface Impersonation {
  readonly endsAt: Date;
  /** It has run out, and support has not left it yet. */
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
  const { impersonation, sessionId: found, email, name, customerName } = reader;
  if (impersonation === null || self.role !== 'support') {
    return { sessionId: found, actor: self, self, email, name, customerName, impersonation: null };
  }
  const { endsAt, impersonated } = impersonation;
  if (impersonated === null) {
    const actor = { ...self, readOnlyReason: 'view-ended' } as const;
    return { sessionId: found, actor, self, email, name, customerName, impersonation: { endsAt, ended: true } };
  }
  const { role, userId, customerId } = impersonated;
  const impersonator = { userId: self.userId, label: self.label };
  const actor = { role, userId, customerId, label: impersonated.email, readOnlyReason: 'view-only', impersonator } as const;
  const shown = { email: impersonated.email, name: impersonated.name, customerName: impersonated.customerName };
  return { sessionId: found, actor, self, ...shown, impersonation: { endsAt, ended: false } };
}

function actorOf({ role, userId, customerId, email, isFresh }: Reader): PersonalActor {
  const proof = isFresh ? { isFresh } : {};
  if (role === 'support') return { role, userId, label: email, ...proof };
  if (customerId === null) throw new Error(`expected a customer for the ${role} ${userId}, found none`);
  return { role, userId, customerId, label: email, ...proof };
}
