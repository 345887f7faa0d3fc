import { useId } from 'react';
import { Picture } from '../tables/picture';
import { Instant } from './instant';
import type { TimeLayout, TimeSpan } from './lay-out-time';
import { layOutTime } from './lay-out-time';
import { relativeTime } from './relative-time';

interface TimeBarProps extends Omit<TimeSpan, 'termEndsAt'> {
  readonly title?: string;
  /** Null when the term has no end; omitted when it is not shown. */
  readonly termEndsAt?: Date | null;
}

/** Shows lease, grace period and term on one bar, with every date in words. */
export function TimeBar({ title = 'Lease', ...span }: TimeBarProps) {
  const { now, leaseEndsAt, graceEndsAt, termEndsAt } = span;
  return (
    <Picture
      title={leaseEndsAt <= now ? `${title} ran out` : `${title} until`}
      figure={<Instant at={leaseEndsAt} focusable />}
      words={relativeTime(leaseEndsAt, now)}
      legend={
        <ul className="flex flex-wrap gap-x-5 gap-y-2 text-ink-2 text-xs">
          <Mark swatch="bg-ink" word="Today" at={now} />
          <Mark swatch="bg-accent" word={title} />
          {graceEndsAt === null ? null : (
            <Mark swatch="hatched border border-soon text-soon" word="Grace until" at={graceEndsAt} />
          )}
          {termEndsAt === null ? <li>The term has no end</li> : null}
          {termEndsAt instanceof Date ? <Mark swatch="border border-edge bg-sunken" word="Term until" at={termEndsAt} /> : null}
        </ul>
      }
    >
      <TimePicture layout={layOutTime({ ...span, termEndsAt: termEndsAt ?? null })} />
    </Picture>
  );
}

interface MarkProps {
  readonly swatch: string;
  readonly word: string;
  readonly at?: Date;
}

function Mark({ swatch, word, at }: MarkProps) {
  return (
    <li className="flex items-center gap-2">
      <span aria-hidden="true" className={`size-3.5 rounded-[3px] forced-color-adjust-none ${swatch}`} />
      <span>
        {word}{' '}
        {at === undefined ? null : (
          <span className="font-medium text-ink">
            <Instant at={at} />
          </span>
        )}
      </span>
    </li>
  );
}

function TimePicture({ layout }: { readonly layout: TimeLayout }) {
  const id = useId();
  const { lease, grace, today } = layout;
  return (
    <svg aria-hidden="true" className="block h-11 w-full overflow-visible forced-color-adjust-none">
      <clipPath id={`${id}c`}>
        <rect y="12" width="100%" height="20" rx="10" />
      </clipPath>
      <pattern id={`${id}h`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0V5" className="stroke-soon" strokeWidth="4" />
      </pattern>
      <g clipPath={`url(#${id}c)`}>
        <rect y="12" width="100%" height="20" className="fill-sunken" />
        <rect x={`${lease}%`} y="12" width={`${grace - lease}%`} height="20" fill={`url(#${id}h)`} />
        <rect y="12" width={`${lease}%`} height="20" className="motion-safe:animate-settle fill-accent" />
      </g>
      {layout.term === null ? null : (
        <rect x="0.5" y="12.5" width="99.9%" height="19" rx="9.5" fill="none" className="stroke-edge/70" />
      )}
      {today === null ? null : (
        <g className="fill-ink">
          <rect x={`${today}%`} y="4" width="2" height="36" rx="1" transform="translate(-1)" />
          <svg x={`${today}%`} y="4" overflow="visible" aria-hidden="true">
            <circle r="4" />
          </svg>
        </g>
      )}
    </svg>
  );
}
