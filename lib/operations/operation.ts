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

/** The result of an operation that was refused. */
export interface Refused {
  readonly ok: false;
  readonly rejection: Rejection;
  /** Finds this attempt for support. Every refused command of a person has one. */
  readonly troubleCode?: string;
}

/** The result of an operation: a value or a rejection. */
export type Result<Value> = { readonly ok: true; readonly value: Value } | Refused;

/** One thing the portal can do, as a plain object. {@link perform} is the only caller of `run`; lint refuses all others. */
export interface Operation<Input, Value> {
  readonly name: string;
  readonly kind: 'command' | 'query';
  readonly permission: Permission;
  readonly input: ZodType<Input>;
  /** It counts against a budget of its own and not as one of the person's acts. */
  readonly countsItself?: true;
  /**
   * Whether this input decides who can sign in, or has effects that outlive the session: then the actor needs a fresh proof, so that what a
   * stolen session can do ends with the session.
   */
  needsFreshProof?(input: Input): boolean;
  /** Does the work after {@link perform} has checked permission and input. */
  run(input: Input, context: ActingContext): Promise<Result<Value>>;
}

/** Returns the operation unchanged. It lets the compiler infer the types of input and value. */
export function defineOperation<Input, Value>(operation: Operation<Input, Value>): Operation<Input, Value> {
  return operation;
}

/**
 * Performs an operation for an actor. A refused command of a person is written to the audit and its result carries the trouble code of this
 * attempt. When the person's budget of recorded refusals is spent (budget.ts), the result is that rejection instead.
 *
 * @param input unknown; parsed once with the operation's schema
 * @returns `view-only` or `view-ended` for commands during an impersonation and for everything that is a person's own; `sign-in-needed` for what a
 *   visitor could do signed in; `not-allowed`, `input-refused` or `fresh-proof-needed` before the operation begins; otherwise its own result
 * @throws Error for faults alone, which no person can mend
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
    const refused = { operation: operation.name, input, rejection };
    const troubleCode = attempt.refusedAs ?? (await recordRefusedAct({ ...context, actor, attempt }, refused));
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
