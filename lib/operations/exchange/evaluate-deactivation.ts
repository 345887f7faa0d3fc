import type { ActivationFound } from '@/db/exchange/read-activation';
import { readActivation } from '@/db/exchange/read-activation';
import type { Scope } from '@/db/scope';
import { decideDeactivation } from '@/lib/licensing/exchange/decide-deactivation';
import type { Reject, Repeat, Return } from '@/lib/licensing/exchange/decision';
import type { DeactivationProof } from '@/lib/licensing/exchange/request';
import { clockSkewSeconds } from '@/lib/licensing/exchange/request';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import { returnsLeft } from '@/lib/licensing/seats/allowance';
import type { ActingContext } from '../context';
import type { HookCase } from '../dialects/hooks';
import { dialectOf } from '../dialects/registry';
import { validateDecision } from '../dialects/validate';
import type { Keys } from '../keys/keyring';

/** Refusals that show an ended activation whose device, or a copy of it, is in use again. */
const ENDED: ReadonlySet<RejectionCode> = new Set(['activation-released', 'activation-returned', 'activation-revoked']);

const NO_RETURNS: AllowanceLeft = { times: 0, left: 0, since: new Date(0), nextAt: null };

/** The decision on a deactivation proof at one moment, and what it rests on. */
export interface EvaluatedDeactivation {
  readonly kind: 'deactivation';
  readonly request: DeactivationProof;
  readonly requestKey: string;
  readonly now: Date;
  readonly decision: Return | Repeat | Reject;
  /** The activation that the proof names, with its device and entitlement; null when there is none that the actor may see. */
  readonly found: ActivationFound['found'];
  /** The case that the dialect's hooks were given; null without an activation. */
  readonly hookCase: HookCase | null;
  /** The returns that the entitlement still allows. */
  readonly returns: AllowanceLeft;
  /** How many activations had been given up at the decision; null where the dialect does not limit that. */
  readonly givenUp: number | null;
  readonly cameBackId: string | null;
  readonly clockSkewSeconds: number;
}

/** Evaluates a deactivation proof: reads one snapshot within the scope and decides by the common rules and the dialect's hooks. */
export async function evaluateDeactivation(
  context: ActingContext,
  input: { scope: Scope; request: DeactivationProof; requestKey: string; keys: Keys },
): Promise<EvaluatedDeactivation> {
  const { scope, request, requestKey, keys } = input;
  const { now, found } = await readActivation(context.db, {
    scope,
    ...(request.activationId === null ? request : { activationId: request.activationId }),
    requestKey,
    now: context.now,
  });
  const returns = found === null ? NO_RETURNS : returnsLeft(found.entitlement, found.returnedAts, now);
  const { dialect, deviceKey } = request;
  const hookCase: HookCase | null = found && {
    ...{ dialect, keys, now, request, deviceKey, refreshOptions: null, storedState: found.replyTo },
    ...{ fingerprint: found.activation.fingerprint, entitlement: found.entitlement, dialectState: found.dialectState },
  };
  const terms = hookCase && ((await dialectOf(context, request).hooks.returnTerms?.(context, hookCase)) ?? null);
  const decided = decideDeactivation({
    proof: request,
    activation: found?.activation ?? null,
    answered: found?.answered ?? null,
    returns,
    mayMove: terms?.mayMove ?? true,
    now,
  });
  const decision = hookCase === null ? decided : await validateDecision(context, hookCase, decided);
  const afterItsEnd = decision.outcome === 'reject' && ENDED.has(decision.rejection.code);
  return {
    kind: 'deactivation',
    request,
    requestKey,
    now,
    decision,
    hookCase,
    returns,
    givenUp: terms?.givenUp ?? null,
    found: decision.outcome === 'reject' && decision.rejection.code === 'proof-of-another-device' ? null : found,
    cameBackId: afterItsEnd && found !== null ? found.activation.id : null,
    clockSkewSeconds: clockSkewSeconds(request.issuedAt, now),
  };
}
