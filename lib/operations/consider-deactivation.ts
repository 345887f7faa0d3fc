import type { ActivationFound } from '@/db/read-activation';
import { readActivation } from '@/db/read-activation';
import type { Scope } from '@/db/scope';
import { clockSkewSeconds } from '@/lib/licensing/check-request-age';
import { decideDeactivation } from '@/lib/licensing/decide-deactivation';
import type { Reject, Repeat, Return } from '@/lib/licensing/decision';
import type { RejectionCode } from '@/lib/licensing/rejection';
import type { DeactivationProof } from '@/lib/licensing/request';
import type { ActingContext } from './context';
import { supportOf } from './dialect-support';
import type { Keys } from './keyring';

/** Refusals of a new proof for an activation that has ended: the device, or a copy of it, is in use again. */
const ENDED: ReadonlySet<RejectionCode> = new Set(['activation-released', 'activation-returned', 'activation-revoked']);

/** What a deactivation proof comes to at this moment. Nothing is changed by finding out. */
export interface ConsideredDeactivation {
  readonly kind: 'deactivation';
  readonly request: DeactivationProof;
  readonly now: Date;
  readonly decision: Return | Repeat | Reject;
  /** The activation the proof names, with its device and entitlement; null when this person may see none. */
  readonly found: ActivationFound['found'];
  readonly cameBackId: string | null;
  readonly clockSkewSeconds: number;
}

/** Reads what the proof is decided on and decides; preview and commit both do exactly this. */
export async function considerDeactivation(
  context: ActingContext,
  input: { scope: Scope; request: DeactivationProof; requestKey: string; keys: Keys },
): Promise<ConsideredDeactivation> {
  const { scope, request, requestKey, keys } = input;
  const { now, found } = await readActivation(context.db, {
    scope,
    ...(request.activationId === null ? request : { activationId: request.activationId }),
    requestKey,
    now: context.now,
  });
  const decided = decideDeactivation({
    proof: request,
    activation: found?.activation ?? null,
    answered: found?.answered ?? null,
    now,
  });
  const decision = await withSupport(context, { request, keys, decision: decided, found, now });
  const afterItsEnd = decision.outcome === 'reject' && ENDED.has(decision.rejection.code);
  return {
    kind: 'deactivation',
    request,
    now,
    decision,
    found: decision.outcome === 'reject' && decision.rejection.code === 'proof-of-another-device' ? null : found,
    cameBackId: afterItsEnd && found !== null ? found.activation.id : null,
    clockSkewSeconds: clockSkewSeconds(request.issuedAt, now),
  };
}

/** What the rules decided, unless the dialect has a reason of its own against it. */
async function withSupport(
  context: ActingContext,
  input: {
    request: DeactivationProof;
    keys: Keys;
    decision: ConsideredDeactivation['decision'];
    found: ActivationFound['found'];
    now: Date;
  },
): Promise<ConsideredDeactivation['decision']> {
  const { request, keys, decision, found, now } = input;
  const support = supportOf(request.dialect);
  if (support === null || found === null || decision.outcome !== 'return') return decision;
  const rejection = await support.refuses(context, {
    keys,
    request,
    deviceKey: request.deviceKey,
    kept: found.replyTo,
    asked: null,
    fingerprint: found.activation.fingerprint,
    entitlement: found.entitlement,
    beside: found.beside,
    now,
  });
  return rejection === null ? decision : { outcome: 'reject', rejection };
}
