'use client';

import { useScriptsRun } from '../actions/use-scripts-run';
import type { InstantPrecision } from './format-instant';
import { formatExact, formatLocal, formatUtc } from './format-instant';
import { relativeTime } from './relative-time';

interface InstantProps {
  readonly at: Date;
  readonly precision?: InstantPrecision;
  /** The server's clock. When given, "in 12 days" follows the date; the reader's own clock may be wrong. */
  readonly now?: Date;
  /** `two-lines` puts the distance under the date, for columns. */
  readonly layout?: 'one-line' | 'two-lines';
  /** Makes the exact instant reachable by keyboard as well. For facts, not for every row of a list. */
  readonly focusable?: boolean;
}

/** An instant: UTC in the HTML, the reader's zone and language once scripts run, the exact UTC instant on hover or focus. */
export function Instant({ at, precision = 'day', now, layout = 'one-line', focusable = false }: InstantProps) {
  const scriptsRun = useScriptsRun();
  return (
    <span className={layout === 'two-lines' ? 'inline-grid whitespace-nowrap' : 'whitespace-nowrap'}>
      <time
        dateTime={at.toISOString()}
        data-exact={formatExact(at)}
        className="exact-instant rounded-sm"
        {...(focusable ? { tabIndex: 0, 'aria-description': formatExact(at) } : { title: formatExact(at) })}
      >
        {scriptsRun ? formatLocal(at, precision) : formatUtc(at, precision)}
      </time>
      {now === undefined ? null : (
        <span className={`text-ink-3 ${layout === 'two-lines' ? 'text-xs' : ''}`}> {relativeTime(at, now)}</span>
      )}
    </span>
  );
}
