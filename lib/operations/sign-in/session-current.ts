import { z } from 'zod';
import type { Reader } from '@/db/sign-in/sessions-current';
import { findReader } from '@/db/sign-in/sessions-current';
import type { PersonalActor } from '../actor';
import type { OperationContext } from '../context';
import { FRESH_PROOF_MINUTES, SESSION_IDLE_HOURS } from '../limits/limits';

/** The person who is signed in with a browser. */
export interface SignedIn {
  readonly sessionId: string;
  /** Whose rights every page and act has: support that looks as somebody of a customer has theirs, and can only look. */
  readonly actor: PersonalActor;
  /** Who is really there: the same, but for support that looks as somebody else. Only to sign out and to come back. */
  readonly self: PersonalActor;
  readonly name: string;
  readonly email: string;
  /** Null: the vendor's own people. */
  readonly customerName: string | null;
  /** Null for everybody who acts as themselves. */
  readonly viewing: Viewing | null;
}

/** Support looks as somebody else. */
export interface Viewing {
  readonly endsAt: Date;
  /** It is over, and support has not come back from it yet. */
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
