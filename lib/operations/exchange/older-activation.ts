import type { ActivationRow } from '@/db/seats/activation-json';
import type { Issue, Reject, Repeat } from '@/lib/licensing/exchange/decision';
import type { Lookalike } from '@/lib/licensing/seats/lookalike';
import type { Told } from '@/lib/licensing/seats/tell-seats';
import { tellLookalike } from '@/lib/licensing/seats/tell-seats';
import type { EvaluatedActivation } from './evaluate-activation';
import type { KnownDevice } from './known-device';

/** The activation that a lookalike is about. */
export interface OlderActivation {
  /** Its device by name; null when only others of the customer may see it. */
  readonly deviceName: string | null;
  readonly deviceId: string;
  readonly runsOutAt: Date;
}

/** The machine that a request looks like, by its decision. */
export function lookalikeOf(decision: Issue | Repeat | Reject): Lookalike | null {
  return 'lookalike' in decision ? decision.lookalike : null;
}

export function olderOf({ deviceId, runsOutAt }: ActivationRow, known: KnownDevice | null): OlderActivation {
  return { deviceId, runsOutAt, deviceName: known?.visible === true ? known.row.name : null };
}

/** Whether it matters that it is another machine: one that keeps its seat is one already, and one that answers are bound to is no other. */
export function wouldDiffer(decision: Issue | Reject): boolean {
  const seat = lookalikeOf(decision)?.seat;
  return seat === 'moves' || seat === 'held' || seat === 'lapsed';
}

/** Tells what becomes of the seat of the machine that this one looks like, and why. Nothing when it looks like none. */
export function tellOlder({ decision, older, reinstalls, now }: EvaluatedActivation, { mayName = true } = {}): Told {
  const lookalike = lookalikeOf(decision);
  if (lookalike === null || older === null || reinstalls === null) return [];
  return tellLookalike({ lookalike, name: mayName ? older.deviceName : null, runsOutAt: older.runsOutAt, reinstalls, now });
}
