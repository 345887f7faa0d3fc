import { Instant } from '@/components/time/instant';
import { LeaseBar } from '@/components/time/lease-bar';

interface LeaseCellProps {
  readonly lease: { readonly leaseStartsAt: Date; readonly leaseEndsAt: Date };
  readonly now: Date;
}

/** A lease in a row of a list: its end, and how much of it is left. */
export function LeaseCell({ lease, now }: LeaseCellProps) {
  return (
    <div>
      <Instant at={lease.leaseEndsAt} />
      <LeaseBar startsAt={lease.leaseStartsAt} endsAt={lease.leaseEndsAt} now={now} />
    </div>
  );
}
