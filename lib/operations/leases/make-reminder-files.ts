import { randomUUID } from 'node:crypto';
import { readActivation } from '@/db/exchange/read-activation';
import { readExchange } from '@/db/exchange/read-exchange';
import type { ReservedReminder } from '@/db/leases/lease-reminders';
import { reserveReminderFile } from '@/db/leases/lease-reminders';
import { decideRefresh } from '@/lib/licensing/leases/decide-refresh';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import { readAnswer } from '../exchange/show-exchange';
import { makeRefresh } from './issue-refresh';
import type { ReminderFile, ReminderLease } from './reminder';

/** The most files in one mail. */
const MOST_FILES = 20;

type ReservedLease = ReservedReminder['leases'][number];

/** Makes the refresh file of each lease of a reminder, for the first twenty at most. Files that an earlier reminder made are used again. */
export async function makeReminderFiles(context: ActingContext, reserved: ReservedReminder): Promise<ReminderLease[]> {
  const made: ReminderLease[] = [];
  let files = 0;
  for (const lease of reserved.leases) {
    const file: ReminderFile = reserved.withFiles && files < MOST_FILES ? await fileFor(context, lease) : { kind: 'in-portal' };
    if (file.kind === 'file') files += 1;
    made.push({ ...lease, file });
  }
  return made;
}

async function fileFor(context: ActingContext, { activationId, sequence, endsAt }: ReservedLease): Promise<ReminderFile> {
  const scope = scopeOf(context.actor);
  const { now, found } = await readActivation(context.db, { scope, activationId, now: context.now });
  if (found === null) throw new Error(`expected activation ${activationId} of a reminder, found none`);
  const { activation, entitlement } = found;
  const decision = decideRefresh({ activation, entitlement, ...entitlement, now });
  if (decision.outcome === 'reject') return { kind: 'refused', rejection: decision.rejection };
  if (decision.lease.endsAt <= endsAt) return { kind: 'no-longer' };
  const exchangeId = await reserveReminderFile(context.db, { activationId, sequence, exchangeId: randomUUID() });
  const answer = await makeRefresh(context, { activationId, exchangeId, before: true });
  if ('code' in answer) return { kind: 'refused', rejection: answer };
  const exchange = await readExchange(context.db, { scope, exchangeId });
  const reply = await readAnswer(context, { scope, exchangeId });
  if (reply === null || exchange?.leaseEndsAt == null) throw new Error(`expected the refresh file ${exchangeId}, found none`);
  return { kind: 'file', ...reply, endsAt: exchange.leaseEndsAt };
}
