import { Instant } from '@/components/time/instant';
import { relativeTime } from './relative-time';

interface LeaseCellProps {
  readonly lease: { readonly leaseStartsAt: Date; readonly leaseEndsAt: Date };
  readonly now: Date;
}

/** Shows a lease in a row: its end and the remaining time. */
export function LeaseCell({ lease, now }: LeaseCellProps) {
  return (
    <div>
      <Instant at={lease.leaseEndsAt} />
      <LeaseBar startsAt={lease.leaseStartsAt} endsAt={lease.leaseEndsAt} now={now} />
    </div>
  );
}

interface LeaseBarProps {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly now: Date;
  /** Number of days before its end in which a lease is marked as ending soon. */
  readonly soonDays?: number;
}

/** Shows the remaining time of a lease: a short bar and "in 12 days". The date is next to it or in its own column. */
function LeaseBar({ startsAt, endsAt, now, soonDays = 14 }: LeaseBarProps) {
  const whole = Math.max(1, endsAt.getTime() - startsAt.getTime());
  const left = Math.min(100, Math.max(0, ((endsAt.getTime() - now.getTime()) / whole) * 100));
  const over = endsAt <= now;
  const soon = !over && endsAt.getTime() - now.getTime() < soonDays * 86_400_000;
  return (
    <span className="mt-2 grid w-32 gap-1.5">
      <svg
        aria-hidden="true"
        className="block h-1.5 w-full rounded-full bg-sunken border border-edge/50 forced-color-adjust-none"
      >
        <rect width={`${over ? 0 : Math.max(3, left)}%`} height="100%" rx="3" className={soon ? 'fill-soon' : 'fill-accent'} />
      </svg>
      <span className={`text-xs ${soon ? 'text-soon' : 'text-ink-3'}`}>
        {over ? `ended ${relativeTime(endsAt, now)}` : `ends ${relativeTime(endsAt, now)}`}
      </span>
    </span>
  );
}
