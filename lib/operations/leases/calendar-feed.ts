import { z } from 'zod';
import { findCalendarReader } from '@/db/leases/manage-calendar-links';
import type { LeaseEndRow } from '@/db/leases/read-leases';
import { listLeaseEnds } from '@/db/leases/read-leases';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import type { PersonalActor } from '../actor';
import { requireVisitor, scopeOf } from '../actor';
import { LIMITS } from '../limits/limits';
import { blockedUntil, countAgainst } from '../limits/rate-limit';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { mayPerform } from '../permission';
import { digestCalendarSecret } from './calendar-link';

/** When the lease of a device ends. */
export type LeaseEnd = LeaseEndRow;

/** The secret of a link; null for a text that cannot be one. */
const link = z.strictObject({
  secret: boundedText(43)
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .nullable()
    .catch(null),
});

/**
 * Lists when leases end, for a calendar program that has a secret link: those that the owner of the link may see now, soonest first, at most
 * 1,000, from 30 days ago on. Records that the link was fetched.
 *
 * `not-found` for an unknown, revoked or replaced link, and for one whose owner was removed or may have no calendar; `too-many-attempts` for a
 * client that tried many unknown links, and for a link that is fetched too often.
 */
export const listCalendar = defineOperation({
  name: 'calendar.feed',
  kind: 'command',
  permission: 'calendar-link:read',
  input: link,
  async run({ secret }, { db, actor, now }): Promise<Result<LeaseEnd[]>> {
    const { client } = requireVisitor(actor);
    const retryAt = await blockedUntil(db, LIMITS.calendarMissesByClient, client);
    if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
    const secretDigest = secret === null ? null : digestCalendarSecret(secret);
    const reader = secretDigest === null ? null : await findCalendarReader(db, { secretDigest, now });
    if (reader === null || secretDigest === null) {
      await countAgainst(db, LIMITS.calendarMissesByClient, client);
      return refuse(reject('not-found'));
    }
    const slowedUntil = await countAgainst(db, LIMITS.calendarFetchesByLink, secretDigest);
    if (slowedUntil !== null) return refuse(reject('too-many-attempts', { retryAt: slowedUntil.toISOString() }));
    const owner = actorOf(reader);
    if (!mayPerform(owner.role, 'own-calendar:manage')) return refuse(reject('not-found'));
    return done(await listLeaseEnds(db, { scope: scopeOf(owner), now }));
  },
});

/** The owner of a link as an actor. */
function actorOf({
  role,
  customerId,
  userId,
  email,
}: NonNullable<Awaited<ReturnType<typeof findCalendarReader>>>): PersonalActor {
  if (role === 'support') return { role, userId, label: email };
  if (customerId === null) throw new Error(`expected a customer for the ${role} ${userId}, found none`);
  return { role, userId, customerId, label: email };
}
