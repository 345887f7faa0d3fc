/** The instants of a lease inside its term. */
export interface TimeSpan {
  /** Start of the bar: of the lease, or of the term. */
  readonly startsAt: Date;
  readonly now: Date;
  readonly leaseEndsAt: Date;
  /** End of the grace period; null without one. */
  readonly graceEndsAt: Date | null;
  /** Null when the term has no end. */
  readonly termEndsAt: Date | null;
}

/** Positions on a bar, in percent of its width. */
export interface TimeLayout {
  readonly lease: number;
  readonly grace: number;
  /** Null when the term has no end, or ends with the lease. */
  readonly term: number | null;
  /** Null when today is not on the bar. */
  readonly today: number | null;
}

/** Computes the positions of the instants of a lease on a bar. A short lease in a long term keeps a visible share. */
export function layOutTime({ startsAt, now, leaseEndsAt, graceEndsAt, termEndsAt }: TimeSpan): TimeLayout {
  const start = startsAt.getTime();
  const runsOut = Math.max(leaseEndsAt.getTime(), graceEndsAt?.getTime() ?? 0);
  const openEnd = runsOut + (runsOut - start) * 0.15;
  const end = Math.max(termEndsAt?.getTime() ?? openEnd, runsOut, start + 1);
  const place = (at: Date) => Math.min(100, Math.max(0, ((at.getTime() - start) / (end - start)) * 100));
  const today = now.getTime() < start || now.getTime() > end ? null : place(now);
  const lease = Math.max(3, place(leaseEndsAt));
  const grace = graceEndsAt === null ? lease : Math.max(lease + 1.5, place(graceEndsAt));
  return { lease, grace: Math.min(100, grace), term: termEndsAt === null ? null : place(termEndsAt), today };
}
