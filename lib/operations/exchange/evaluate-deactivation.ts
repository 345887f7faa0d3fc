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

/** Refusals of a new proof for an activation that has ended: the device, or a copy of it, is in use again. */
const ENDED: ReadonlySet<RejectionCode> = new Set(['activation-released', 'activation-returned', 'activation-revoked']);

const NO_RETURNS: AllowanceLeft = { times: 0, left: 0, since: new Date(0), nextAt: null };

/** What answering a deactivation proof would mean at this moment. */
export interface EvaluatedDeactivation {
  readonly kind: 'deactivation';
  readonly request: DeactivationProof;
  readonly requestKey: string;
  readonly now: Date;
  readonly decision: Return | Repeat | Reject;
  /** The activation the proof names, with its device and entitlement; null when this person may see none. */
  readonly found: ActivationFound['found'];
  /** What the hooks of its dialect were asked about; null when there is no activation. */
  readonly hookCase: HookCase | null;
  /** What is left of the returns that the entitlement allows. */
  readonly returns: AllowanceLeft;
  /** Activations that were given up when this was decided; null where that does not matter. */
  readonly givenUp: number | null;
  readonly cameBackId: string | null;
  readonly clockSkewSeconds: number;
}

/** Reads what the proof is decided on and decides. */
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
