import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry } from '@/db/exchange/exchange-entry';
import { deleteCalendarLink, readCalendarLink, writeCalendarLink } from '@/db/leases/manage-calendar-links';
import { reject } from '@/lib/licensing/refusals/rejection';
import { customerIdOf, userIdOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import type { ActingContext } from '../context';
import { defineOperation, done, refuse } from '../operation';

/** 256 bits: too many to guess, so a digest without a key is enough. */
const SECRET_BYTES = 32;

const nothing = z.strictObject({});

/** Base64url SHA-256 of a link's secret. The secret itself is not stored. */
export function digestCalendarSecret(secret: string): string {
  return createHash('sha256').update(`airgate calendar ${secret}`).digest('base64url');
}

/** Shows when the actor's calendar link was made and last fetched; null without one. */
export const showCalendarLink = defineOperation({
  name: 'calendar.show',
  kind: 'query',
  permission: 'own-calendar:manage',
  input: nothing,
  run: async (_, { db, actor }) => done(await readCalendarLink(db, ownId(actor))),
});

/** Makes a calendar link for the actor and revokes the one before. The secret is in this result alone. */
export const makeCalendarLink = defineOperation({
  name: 'calendar.make',
  kind: 'command',
  permission: 'own-calendar:manage',
  needsFreshProof: () => true,
  input: nothing,
  async run(_, context) {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const at = await instantOf(context);
    const audit = auditOf(context, { at, action: 'calendar.link-made' });
    await writeCalendarLink(context.db, {
      userId: ownId(context.actor),
      secretDigest: digestCalendarSecret(secret),
      at,
      audit,
    });
    return done({ secret, createdAt: at });
  },
});

/** Revokes the actor's calendar link at once. `not-found` without one. */
export const revokeCalendarLink = defineOperation({
  name: 'calendar.revoke',
  kind: 'command',
  permission: 'own-calendar:manage',
  input: nothing,
  async run(_, context) {
    const at = await instantOf(context);
    const audit = auditOf(context, { at, action: 'calendar.link-revoked' });
    const gone = await deleteCalendarLink(context.db, { userId: ownId(context.actor), audit });
    return gone ? done({ revoked: true }) : refuse(reject('not-found'));
  },
});

function ownId(actor: ActingContext['actor']): string {
  const userId = userIdOf(actor);
  if (userId === null) throw new Error(`expected somebody with an account, found the ${actor.role}`);
  return userId;
}

function auditOf({ actor }: ActingContext, { at, action }: Pick<AuditEntry, 'at' | 'action'>): AuditEntry {
  return { at, action, customerId: customerIdOf(actor), userId: userIdOf(actor), actor: actor.label, role: actor.role };
}
