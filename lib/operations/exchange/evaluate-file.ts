import { readClock } from '@/db/clock';
import type { FileProof, Scope } from '@/db/scope';
import type { ActivationRequest, DeviceRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { Actor } from '../actor';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import type { BundleHooks } from '../dialects/hooks';
import { dialectOf } from '../dialects/registry';
import type { Keys } from '../keys/keyring';
import type { EvaluatedActivation } from './evaluate-activation';
import { emptyEvaluation, evaluateActivation } from './evaluate-activation';
import type { EvaluatedDeactivation } from './evaluate-deactivation';
import { evaluateDeactivation } from './evaluate-deactivation';
import type { OpenedFile } from './open-file';

/** The decision on an opened file at one moment, and what it rests on. */
export type Evaluated = EvaluatedActivation | EvaluatedDeactivation;

/** An opened file that is to be evaluated. */
export interface ToEvaluate {
  readonly opened: OpenedFile;
  readonly keys: Keys;
  /** Whether an API call asked for one entitlement or for a bundle; left out: the file decides. */
  readonly as?: 'single' | 'bundle';
  /** Whether the person states that it is another machine than the one it looks like. */
  readonly isAnother?: boolean | undefined;
}

/** Evaluates an opened file: reads one snapshot within the actor's scope and decides. Changes nothing. Submit, preview and commit all use it. */
export async function evaluateFile(context: ActingContext, { opened, keys, as, isAnother }: ToEvaluate): Promise<Evaluated> {
  const { request, requestKey } = opened;
  const scope = await scopeOfFile(context.actor, { opened, keys });
  if (request.kind === 'deactivation') return evaluateDeactivation(context, { scope, request, requestKey, keys });

  const bundles = as === 'single' ? undefined : dialectOf(context, request).hooks.bundle;
  if (bundles === undefined) return evaluateActivation(context, { scope, request, requestKey, keys, isAnother });
  const bundle = { scope, request, requestKey, keys, bundles };
  if (as === 'bundle' || bundles.isAskedBy(request)) return evaluateBundle(context, bundle);
  const single = await evaluateActivation(context, { scope, request, requestKey, keys, isAnother });
  const isOfBundle = single.decision.outcome === 'reject' && single.decision.rejection.code === 'product-is-bundle';
  return isOfBundle ? evaluateBundle(context, bundle) : single;
}

/** The rows an actor may touch on behalf of an opened file: their own scope, or, for guests and applications, what its verified content proves. */
export async function scopeOfFile(
  actor: Actor,
  { opened, keys }: { opened: Pick<OpenedFile, 'request' | 'requestKey'>; keys: Keys },
): Promise<Scope> {
  if (actor.role !== 'guest' && actor.role !== 'application') return scopeOf(actor);
  const { request, requestKey } = opened;
  const bearer = actor.role === 'guest' ? 'visitor' : 'application';
  return { kind: 'file', requestKey, proof: await proofOf(request, keys), bearer };
}

async function proofOf(request: DeviceRequest, keys: Keys): Promise<FileProof> {
  switch (request.kind) {
    case 'activation':
      return { kind: 'code', digest: await keys.digestCode(request.activationCode, request.codeKind) };
    case 'deactivation':
      return { kind: 'key', dialect: request.dialect, deviceKey: request.deviceKey, activationId: request.activationId };
  }
}

/** Evaluates a request for a bundle: returns its first entitlement, with the evaluations of all. One refused entitlement refuses the whole. */
async function evaluateBundle(
  context: ActingContext,
  input: { scope: Scope; request: ActivationRequest; requestKey: string; keys: Keys; bundles: BundleHooks },
): Promise<EvaluatedActivation> {
  const { scope, request, requestKey, keys, bundles } = input;
  const lines = await bundles.findLines(context, { request, requestKey, keys, scope });
  if ('code' in lines) return refusedWhole(context, { request, requestKey }, lines);
  const evaluated: EvaluatedActivation[] = [];
  for (const line of lines) evaluated.push(await evaluateActivation(context, { scope, keys, ...line }));
  const [first] = evaluated;
  if (first === undefined) return refusedWhole(context, { request, requestKey }, reject('activation-code-unknown'));
  const rejection = refusedLine(evaluated);
  return { ...first, bundle: evaluated, ...(rejection && { decision: { outcome: 'reject', rejection } as const }) };
}

async function refusedWhole(
  context: ActingContext,
  of: Pick<EvaluatedActivation, 'request' | 'requestKey'>,
  rejection: Rejection,
): Promise<EvaluatedActivation> {
  const now = context.now ?? (await readClock(context.db));
  return { ...emptyEvaluation(now, of), decision: { outcome: 'reject', rejection }, clockSkewSeconds: 0 };
}

/** The rejection for the first entitlement that cannot be granted. All of a bundle are answered together, so a repeat of some refuses the rest. */
function refusedLine(lines: readonly EvaluatedActivation[]): Rejection | null {
  const isRepeated = lines.some(({ decision }) => decision.outcome === 'repeat');
  for (const { request, decision } of lines) {
    const product = request.productCode ?? 'unknown';
    if (decision.outcome === 'reject') return reject('bundle-line-refused', { product, reason: decision.rejection.code });
    if (isRepeated && decision.outcome !== 'repeat')
      return reject('bundle-line-refused', { product, reason: 'request-id-reused' });
  }
  return null;
}
