import { readClock } from '@/db/read-clock';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import type { Bundles } from './dialect-hooks';
import type { EvaluatedActivation } from './evaluate-activation';
import { evaluateActivation, nothingAt } from './evaluate-activation';
import type { OpenedFile } from './open-file';
import { scopeOfFile } from './scope-of-file';

/**
 * Finds out what a request for a bundle comes to: what its first entitlement comes to, with all of them beside it. It is refused when one of
 * them is.
 */
export async function evaluateBundle(
  context: ActingContext,
  input: { opened: OpenedFile; request: ActivationRequest; keys: Keys; bundles: Bundles },
): Promise<EvaluatedActivation> {
  const { opened, request, keys, bundles } = input;
  const scope = await scopeOfFile(context.actor, { opened, keys });
  const lines = await bundles.linesOf(context, { request, requestKey: opened.requestKey, keys, scope });
  if ('code' in lines) return refusedWhole(context, { request, rejection: lines });
  const evaluated: EvaluatedActivation[] = [];
  for (const { request: line, requestKey } of lines) {
    evaluated.push(await evaluateActivation(context, { scope, request: line, requestKey, keys }));
  }
  const [first] = evaluated;
  if (first === undefined) return refusedWhole(context, { request, rejection: reject('activation-code-unknown') });
  const rejection = refusedLine(evaluated);
  const bundle = evaluated.map((line, index) => ({ evaluated: line, requestKey: lines[index]?.requestKey ?? '' }));
  return { ...first, bundle, ...(rejection && { decision: { outcome: 'reject', rejection } as const }) };
}

async function refusedWhole(
  context: ActingContext,
  { request, rejection }: { request: ActivationRequest; rejection: Rejection },
): Promise<EvaluatedActivation> {
  const now = context.now ?? (await readClock(context.db));
  return { ...nothingAt(now), kind: 'activation', request, decision: { outcome: 'reject', rejection }, clockSkewSeconds: 0 };
}

/** The first entitlement that cannot be granted, by its product. All are answered together, so all were answered before, or none. */
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
