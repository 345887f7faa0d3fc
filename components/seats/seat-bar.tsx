import { useId } from 'react';
import type { SeatKind, SeatRun } from './lay-out-seats';

interface SeatBarProps {
  readonly runs: readonly SeatRun[];
  readonly size: 'row' | 'large';
}

const FILL: Record<SeatKind, string> = {
  held: 'fill-accent/60 dark:fill-accent/55',
  this: 'fill-accent motion-safe:animate-settle',
  cooling: 'fill-transparent',
  freed: 'fill-transparent',
  free: 'fill-transparent',
};

interface Stretch extends SeatRun {
  readonly from: number;
  readonly share: number;
}

/** Computes the shares of the bar in percent, with a minimum so that every kind stays visible. */
function stretch(runs: readonly SeatRun[]): Stretch[] {
  const weights = runs.map((run) => ({
    run,
    weight: run.kind === 'free' ? run.length : Math.max(run.length, total(runs) / 100),
  }));
  const whole = weights.reduce((sum, { weight }) => sum + weight, 0);
  let from = 0;
  return weights.map(({ run, weight }) => {
    const share = (weight / whole) * 100;
    from += share;
    return { ...run, from: from - share, share };
  });
}

function total(runs: readonly SeatRun[]): number {
  return runs.reduce((sum, run) => sum + run.length, 0);
}

/** Shows many seats as one bar. Uses attributes only, for the content security policy. */
export function SeatBar({ runs, size }: SeatBarProps) {
  const id = useId();
  return (
    <svg
      aria-hidden="true"
      className={`block w-full rounded-full bg-sunken border border-edge/70 forced-color-adjust-none ${size === 'row' ? 'h-2.5' : 'h-5'}`}
    >
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V5" stroke="currentColor" strokeWidth="4" />
      </pattern>
      {stretch(runs).map((run) => (
        <g key={`${run.kind}${run.over}`} className={run.over ? 'text-soon' : 'text-edge'}>
          {run.over ? <rect x={`${run.from}%`} width={`${run.share}%`} height="100%" className="fill-soon-soft" /> : null}
          <rect
            x={`${run.from}%`}
            width={`${run.share}%`}
            height="100%"
            {...(isHatched(run) ? { fill: `url(#${id})` } : { className: FILL[run.kind] })}
          />
        </g>
      ))}
    </svg>
  );
}

function isHatched({ kind, over }: SeatRun): boolean {
  return kind === 'cooling' || (over && kind !== 'free' && kind !== 'freed');
}
