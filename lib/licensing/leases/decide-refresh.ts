import type { Issue, Reject } from '../exchange/decision';
import type { Activation } from '../seats/activation';
import { refuseEnded } from '../seats/activation';
import type { SeatCase } from './issue-lease';
import { issueLease } from './issue-lease';

/**
 * Decides on a new lease for a known activation, without a request: before the lease ends, and after it as long as a seat is free.
 */
export function decideRefresh(input: SeatCase & { activation: Activation }): Issue | Reject {
  const ended = refuseEnded(input.activation, input.now);
  if (ended !== null) return { outcome: 'reject', rejection: ended };
  return issueLease({ current: input.activation, older: null, requestedLease: null, ...input });
}
