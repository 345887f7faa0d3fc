import { z } from 'zod';
import type { NamedThings } from '@/db/exchange/write-refusal';
import { writeRefusedAct } from '@/db/exchange/write-refusal';
import { refusedActionOf } from '@/lib/licensing/audit/audit-action';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { PersonalActor } from '../actor';
import { auditIdentityOf, customerIdOf, scopeOf } from '../actor';
import type { ActingContext, OperationContext } from '../context';
import { newTroubleCode } from '../exchange/record-exchange';
import { isRefusedTooOften } from '../limits/budget';
import { instantOf } from './operator-audit';

const anId = z.uuid().optional().catch(undefined);

/** The ids of an input. Only these are recorded: the rest may be a code that somebody typed. */
const namedThings: z.ZodType<NamedThings> = z
  .object({ activationId: anId, claimId: anId, deviceId: anId, entitlementId: anId, personId: anId, submissionId: anId })
  .catch({});

/** Commands of support that belong in no customer's audit. */
const OF_NO_CUSTOMER: ReadonlySet<string> = new Set(['device.note', 'file.inspect', 'view.end']);

/**
 * Writes to the audit that a command of a person was refused, where the command wrote no entry itself: it was refused before it began, or has
 * no entry of its own for a refusal. During an impersonation the entry names the impersonator.
 *
 * @returns the trouble code that the person is shown; empty when the person's budget of recorded refusals is spent
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
      ...auditIdentityOf(actor),
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
