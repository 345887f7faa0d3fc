'use client';

import { useScriptsRun } from '../actions/use-scripts-run';
import { relativeTime } from './relative-time';

interface InstantProps {
  readonly at: Date;
  readonly precision?: InstantPrecision;
  /** Time of the server, since the clock of the reader may be wrong. When given, "in 12 days" follows the date. */
  readonly now?: Date;
  /** `two-lines` puts the distance under the date, for columns. */
  readonly layout?: 'one-line' | 'two-lines';
  /** Makes the exact instant reachable by keyboard. For facts, not for rows of a list. */
  readonly focusable?: boolean;
}

/** Shows an instant: UTC in the HTML, local zone and language once scripts run, the exact UTC instant on hover or focus. */
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

/** `day`: 12 Dec 2026. `minute`: 12 Dec 2026, 14:05. */
export type InstantPrecision = 'day' | 'minute';

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const MINUTE: Intl.DateTimeFormatOptions = { ...DAY, hour: '2-digit', minute: '2-digit' };

/** Formats an instant in the zone and language of the browser. */
function formatLocal(at: Date, precision: InstantPrecision): string {
  return new Intl.DateTimeFormat(undefined, precision === 'day' ? DAY : MINUTE).format(at);
}

/** Formats an instant in UTC, for the HTML from the server. Names the zone when it shows a time of day. */
function formatUtc(at: Date, precision: InstantPrecision): string {
  if (precision === 'day') return new Intl.DateTimeFormat('en-GB', { ...DAY, timeZone: 'UTC' }).format(at);
  return `${new Intl.DateTimeFormat('en-GB', { ...MINUTE, timeZone: 'UTC' }).format(at)} UTC`;
}

/** Formats the exact instant: "2026-12-12 14:05:09 UTC". */
function formatExact(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
