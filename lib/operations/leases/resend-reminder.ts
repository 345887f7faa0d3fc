import { z } from 'zod';
import { requestReminders } from '@/db/leases/lease-reminders';
import { readPerson } from '@/db/people/read-people';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import { instantOf } from '../audit/operator-audit';
import { LIMITS } from '../limits/limits';
import { countAgainst } from '../limits/rate-limit';
import { defineOperation, done, refuse } from '../operation';
import { personAudit } from '../people/person-audit';

/**
 * Makes a person's reminders due once more, with the same refresh files, because the mail was lost or overlooked. The caller sends the mail.
 * `nothing-to-remind` when no lease of theirs ends within the days they chose.
 */
export const resendReminder = defineOperation({
  name: 'reminder.resend',
  kind: 'command',
  permission: 'person:manage',
  input: z.strictObject({ personId: z.uuid() }),
  async run({ personId }, context) {
    const { db, actor, now } = context;
    const person = await readPerson(db, { scope: scopeOf(actor), personId, now });
    if (person === null) return refuse(reject('not-found'));
    if (person.removedAt !== null) return refuse(reject('person-removed'));
    const retryAt = await countAgainst(db, LIMITS.remindersByPerson, personId);
    if (retryAt !== null) return refuse(reject('too-many-attempts', { retryAt: retryAt.toISOString() }));
    const at = await instantOf(context);
    const { customerId, email } = person;
    const audit = personAudit(context, { at, action: 'reminder.wanted', customerId, detail: { personId, email } });
    const leases = await requestReminders(db, { userId: personId, audit });
    return leases === 0 ? refuse(reject('nothing-to-remind')) : done({ personId, leases });
  },
});
