import type { Issue, Reject, Repeat, Return } from '@/lib/licensing/exchange/decision';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { HookCase } from './hooks';
import { dialectOf } from './registry';

/**
 * Lets the dialects refuse what the rules allowed. A file that was answered before gets the same answer, whether or not its device or product
 * has been blocked since.
 *
 * @returns the decision, or the rejection of a dialect
 */
export async function validateDecision<Decided extends Issue | Return | Repeat | Reject>(
  context: ActingContext,
  of: HookCase,
  decision: Decided,
): Promise<Decided | Reject> {
  if (decision.outcome === 'reject' || decision.outcome === 'repeat') return decision;
  const refused = (await dialectOf(context, of).hooks.validate?.(context, of)) ?? (await validateOthers(context, of));
  return refused === null ? decision : { outcome: 'reject', rejection: refused };
}

/** Validates with the other dialects of the entitlement: their terms of sale hold for files of every dialect. */
async function validateOthers(context: ActingContext, of: HookCase): Promise<Rejection | null> {
  if (of.request?.kind === 'deactivation') return null;
  for (const dialect of of.entitlement.dialects.filter((id) => id !== of.dialect)) {
    const refused = (await dialectOf(context, { dialect }).hooks.validateOther?.(context, of)) ?? null;
    if (refused !== null) return refused;
  }
  return null;
}
