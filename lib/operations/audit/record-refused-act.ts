import { z } from 'zod';
import type { NamedThings } from '@/db/exchange/write-refusal';
import { writeRefusedAct } from '@/db/exchange/write-refusal';
import { refusedActionOf } from '@/lib/licensing/audit/audit-action';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { PersonalActor } from '../actor';
import { customerIdOf, scopeOf } from '../actor';
import type { ActingContext, OperationContext } from '../context';
import { newTroubleCode } from '../exchange/record-exchange';
import { isRefusedTooOften } from '../limits/budget';
import { instantOf } from './operator-audit';

const anId = z.uuid().optional().catch(undefined);

/** Of an input, whatever it is, only ids are written down: the rest may be a code that somebody typed. */
const namedThings: z.ZodType<NamedThings> = z
  .object({ activationId: anId, claimId: anId, deviceId: anId, entitlementId: anId, personId: anId, submissionId: anId })
  .catch({});

/** What support does among its own is in no customer's audit. */
const OF_NO_CUSTOMER: ReadonlySet<string> = new Set(['device.note', 'file.inspect', 'view.end']);

/**
 * Writes down that a person was refused a command, where the command itself did not: it was not looked into, or has no entry of its own for
 * that. What support tried while it looked as somebody else is support's.
 *
 * @returns the trouble code that the person is shown; empty when too much was refused them to write more of it down
 */
export async function recordRefusedAct(
  context: OperationContext & { readonly actor: PersonalActor } & Pick<ActingContext, 'attempt'>,
  { operation, input, rejection }: { operation: string; input: unknown; rejection: Rejection },
): Promise<string> {
  if (await isRefusedTooOften(context)) return '';
  const { db, actor } = context;
  const troubleCode = newTroubleCode();
  const { code, facts } = rejection;
  const isVendors = OF_NO_CUSTOMER.has(operation);
  await writeRefusedAct(db, {
    scope: isVendors ? { kind: 'nothing' } : scopeOf(actor),
    named: namedThings.parse(input),
    audit: {
      ...whoOf(actor),
      at: await instantOf(context),
      customerId: isVendors ? null : customerIdOf(actor),
      action: refusedActionOf(operation),
      code,
      troubleCode,
      detail: { operation, facts },
    },
  });
  return troubleCode;
}

function whoOf(actor: PersonalActor) {
  const { looker } = actor;
  if (looker !== undefined) return { userId: looker.userId, actor: looker.label, role: 'support' };
  return { userId: actor.userId, actor: actor.label, role: actor.role };
}
