import { z } from 'zod';
import { findReader } from '@/db/sessions-current';
import type { Actor } from './actor';
import type { OperationContext } from './context';
import { SESSION_IDLE_HOURS } from './sign-in-limits';

/** Who is signed in with a browser. */
export interface SignedIn {
  readonly sessionId: string;
  readonly actor: Exclude<Actor, { readonly role: 'operator' | 'guest' }>;
  readonly name: string;
  readonly email: string;
  /** Null: the vendor's own people. */
  readonly customerName: string | null;
}

const boundId = z.uuid();

/**
 * Finds who a session belongs to, and so the actor of a request. It is where actors come from, which is why it is no operation.
 *
 * @returns null when the session ended, was not used for 12 hours, is 7 days old, or its person was disabled
 */
export async function findSignedIn(context: Pick<OperationContext, 'db' | 'now'>, sessionId: unknown): Promise<SignedIn | null> {
  const id = boundId.safeParse(sessionId);
  if (!id.success) return null;
  const reader = await findReader(context.db, { sessionId: id.data, now: context.now, idleHours: SESSION_IDLE_HOURS });
  if (reader === null) return null;
  const { role, customerId, userId, email, name, customerName } = reader;
  const signedIn = { sessionId: reader.sessionId, name, email, customerName };
  if (role === 'support') return { ...signedIn, actor: { role, userId, label: email } };
  if (customerId === null) throw new Error(`expected a customer for the ${role} ${userId}, found none`);
  return { ...signedIn, actor: { role, userId, customerId, label: email } };
}
