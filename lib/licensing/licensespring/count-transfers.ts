/** A device took a seat, or gave it up. */
export interface SeatEvent {
  readonly deviceId: string;
  readonly kind: 'taken' | 'given-up';
  readonly at: Date;
}

/**
 * Counts how often a seat went from one device to another: given up on A, then taken on B. The same device again is no transfer, and a seat that
 * was given up goes to one other device only. A to B to A counts as two.
 */
export function countTransfers(events: readonly SeatEvent[]): number {
  const inOrder = [...events].sort((one, other) => one.at.getTime() - other.at.getTime() || rank(one) - rank(other));
  const givenUp: string[] = [];
  let transfers = 0;
  for (const { deviceId, kind } of inOrder) {
    if (kind === 'given-up') {
      givenUp.push(deviceId);
      continue;
    }
    const own = givenUp.indexOf(deviceId);
    if (own >= 0) {
      givenUp.splice(own, 1);
    } else if (givenUp.shift() !== undefined) {
      transfers += 1;
    }
  }
  return transfers;
}

/** Orders events of the same millisecond: a seat is given up before it is taken. */
function rank({ kind }: SeatEvent): number {
  return kind === 'given-up' ? 0 : 1;
}
