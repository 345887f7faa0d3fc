import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Issue, Reject, Repeat, Return } from '@/lib/licensing/exchange/decision';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import { dialectOf } from '../dialects/registry';
import type { HookCase } from './dialect-hooks';

/**
 * What the rules decided, unless the dialect has a reason of its own against it. A file that was answered before gets the same answer,
 * whatever became of its device or product since.
 */
export async function unlessRefused<Decided extends Issue | Return | Repeat | Reject>(
  context: ActingContext,
  { dialect, decision, input }: { dialect: DialectId; decision: Decided; input: HookCase },
): Promise<Decided | Reject> {
  if (decision.outcome === 'reject' || decision.outcome === 'repeat') return decision;
  const rejection =
    (await dialectOf(context, { dialect }).hooks.refuses?.(context, input)) ??
    (await refusedByOthers(context, { dialect, input }));
  return rejection === null ? decision : { outcome: 'reject', rejection };
}

/** What the other dialects of the entitlement have against it: what was sold under their rules stays under them, whatever the file. */
async function refusedByOthers(
  context: ActingContext,
  { dialect, input }: { dialect: DialectId; input: HookCase },
): Promise<Rejection | null> {
  if (input.request?.kind === 'deactivation') return null;
  for (const other of input.entitlement.dialects) {
    const rejection =
      other === dialect ? null : ((await dialectOf(context, { dialect: other }).hooks.refusesOther?.(context, input)) ?? null);
    if (rejection !== null) return rejection;
  }
  return null;
}
