/** The signed window of an activation. */
export interface Lease {
  /** 1 for the first lease of an activation, one more for each later one. */
  readonly sequence: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Until when the device may go on with a warning; null when the entitlement has no grace period. */
  readonly graceEndsAt: Date | null;
}

/** The instant from which the device can no longer run on this lease: its grace end, or else its end. */
export function leaseRunsOutAt(lease: Pick<Lease, 'endsAt' | 'graceEndsAt'>): Date {
  return lease.graceEndsAt ?? lease.endsAt;
}
