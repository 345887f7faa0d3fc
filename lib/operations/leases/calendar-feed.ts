import { z } from 'zod';
import { findCalendarReader } from '@/db/leases/calendar-links';
import type { LeaseEndRow } from '@/db/leases/read-leases';
import { listLeaseEnds } from '@/db/leases/read-leases';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import type { Actor } from '../actor';
import { scopeOf } from '../actor';
import type { OperationContext } from '../context';
import { LIMITS } from '../limits/limits';
import { countAgainst, heldBackUntil } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { digestCalendarSecret } from './calendar-link';

/** When the lease of a device ends. */
export type LeaseEnd = LeaseEndRow;

const boundSecret = boundedText(43).regex(/^[A-Za-z0-9_-]{43}$/);

/**
 * Finds who a calendar link belongs to, as they are at this moment, and so the actor of a request that carries no session. It is where
 * actors come from, which is why it is no operation.
 *
 * @returns `not-found` alike for a link that never was, that was revoked or replaced, and of somebody who was removed; `too-many-attempts`
 *   for a client that asked for many links that are none, and for a link that is fetched too often
 */
export async function findCalendarActor(
  { db, now, client }: Pick<OperationContext, 'db' | 'now'> & { readonly client: string },
  secret: unknown,
): Promise<Result<Actor>> {
  const retryAt = await heldBackUntil(db, LIMITS.calendarMissesByClient, client);
  if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
  const parsed = boundSecret.safeParse(secret);
  const secretDigest = parsed.success ? digestCalendarSecret(parsed.data) : null;
  const reader = secretDigest === null ? null : await findCalendarReader(db, { secretDigest, now });
  if (reader === null || secretDigest === null) {
    await countAgainst(db, LIMITS.calendarMissesByClient, client);
    return refuse(reject('not-found'));
  }
  const slowedUntil = await countAgainst(db, LIMITS.calendarFetchesByLink, secretDigest);
  if (slowedUntil !== null) return refuse(reject('too-many-attempts', { retryAt: slowedUntil.toISOString() }));
  const { role, customerId, userId, email } = reader;
  if (role === 'support') return done<Actor>({ role, userId, label: email });
  if (customerId === null) throw new Error(`expected a customer for the ${role} ${userId}, found none`);
  return done<Actor>({ role, userId, customerId, label: email });
}

/** The ends of the leases that the person may see, soonest first, for a calendar: at most 1,000, from 30 days ago on. */
export const listCalendar = defineOperation({
  name: 'calendar.feed',
  kind: 'query',
  permission: 'own-calendar:manage',
  input: z.strictObject({}),
  run: async (_, { db, actor, now }) => done<LeaseEnd[]>(await listLeaseEnds(db, { scope: scopeOf(actor), now })),
});
