import type { ZodType } from 'zod';
import { hideValues } from '@/db/postgres-error';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { isPerson, readOnlyReasonOf } from './actor';
import { recordRefusedAct } from './audit/record-refused-act';
import type { ActingContext, OperationContext } from './context';
import { newAttempt } from './context';
import { keyringForOneAct } from './keys/keyring';
import { countAct } from './limits/budget';
import type { Permission } from './permission';
import { isOwn, missingRight } from './permission';
import { hasFreshProof } from './sign-in/fresh-proof';

/** A rejection as an operation answers it. */
export interface Refused {
  readonly ok: false;
  readonly rejection: Rejection;
  /** Names this attempt to support: of every refused command of a person's. */
  readonly troubleCode?: string;
}

/** What an operation answers: a value, or a rejection. */
export type Result<Value> = { readonly ok: true; readonly value: Value } | Refused;

/** One thing the portal can do, as a plain object. The only way in is {@link perform}; lint refuses to call `run` anywhere else. */
export interface Operation<Input, Value> {
  readonly name: string;
  readonly kind: 'command' | 'query';
  readonly permission: Permission;
  readonly input: ZodType<Input>;
  /** It counts what it does against a budget of its own, and not as one of the acts of a person. */
  readonly countsItself?: true;
  /**
   * Whether it decides who can sign in, or outlives the session it is asked for in: then whoever asks must have shown within the last minutes
   * that it is them. What a stolen session can do ends with it.
   */
  needsFreshProof?(input: Input): boolean;
  /** Does it, once the permission and the input were checked. */
  run(input: Input, context: ActingContext): Promise<Result<Value>>;
}

/** Answers the operation that it is given. It lets the compiler infer the types of input and answer. */
export function defineOperation<Input, Value>(operation: Operation<Input, Value>): Operation<Input, Value> {
  return operation;
}

/**
 * Performs an operation for an actor. A command that a person is refused is written to the audit, whatever it was refused for, and answered
 * with the trouble code that names this attempt; unless more was refused them than is written down (budget.ts), which is what they are told then.
 *
 * @param input anything; it passes the operation's schema once
 * @returns `view-only` or `view-ended` for commands during an impersonation and for everything that is a person's own; `sign-in-needed` for what a visitor
 *   could do signed in; `not-allowed`, `input-refused` or `fresh-proof-needed` before the operation is begun; otherwise what the operation says
 * @throws faults only: what no person can mend
 */
export async function perform<Input, Value>(
  operation: Operation<Input, Value>,
  input: unknown,
  context: OperationContext,
): Promise<Result<Value>> {
  const { actor } = context;
  const attempt = newAttempt();
  try {
    const result = await begin(operation, input, { ...context, keyring: keyringForOneAct(context.keyring), attempt });
    if (result.ok) return result;
    if (attempt.heldBack !== null) return refuse(attempt.heldBack);
    if (operation.kind === 'query' || !isPerson(actor)) return result;
    const { rejection } = result;
    const told = { operation: operation.name, input, rejection };
    const troubleCode = attempt.refusedAs ?? (await recordRefusedAct({ ...context, actor, attempt }, told));
    return attempt.heldBack === null ? { ok: false, rejection, troubleCode } : refuse(attempt.heldBack);
  } catch (error) {
    throw hideValues(error);
  }
}

async function begin<Input, Value>(
  operation: Operation<Input, Value>,
  input: unknown,
  context: ActingContext,
): Promise<Result<Value>> {
  const { actor } = context;
  const readOnlyReason = readOnlyReasonOf(actor);
  if (readOnlyReason !== null && (operation.kind === 'command' || isOwn(operation.permission)))
    return { ok: false, rejection: reject(readOnlyReason) };
  const missing = missingRight(actor.role, operation.permission);
  if (missing !== null) return { ok: false, rejection: reject(missing) };
  const parsed = operation.input.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      ok: false,
      rejection: reject('input-refused', { problem: `${issue?.path.join('.') || 'form'}: ${issue?.message ?? 'unknown'}` }),
    };
  }
  if (operation.needsFreshProof?.(parsed.data) === true && !hasFreshProof(context))
    return { ok: false, rejection: reject('fresh-proof-needed') };
  const isCounted = operation.kind === 'command' && operation.countsItself !== true;
  const heldBack = isCounted ? await countAct(context) : null;
  if (heldBack !== null) return refuse(heldBack);
  return operation.run(parsed.data, context);
}

export function done<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function refuse(rejection: Rejection): Refused {
  return { ok: false, rejection };
}
