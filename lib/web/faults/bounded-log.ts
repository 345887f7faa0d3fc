/** So many lines of a kind are written in a minute, the rest is counted. */
const LINES = 10;
/** More kinds than this are one: whoever sends what is logged may make them up. */
const KINDS = 100;
const OTHERS = 'others';
/** Events that are named of those that were not written. */
const EVENTS = 20;
const MINUTE_MS = 60_000;

interface Counted {
  written: number;
  more: number;
  readonly events: string[];
}

/** A log that nobody fills by making the portal say the same again and again. */
export interface BoundedLog {
  /**
   * Writes a line, unless there were many of its kind in this minute.
   *
   * @param about.kind what lines have in common
   * @param about.event the event that the line is about, which somebody may quote
   */
  line(text: string, about: { readonly kind: string; readonly event?: string }): void;
}

/** What messages have in common that differ in a name, a number or an id alone. */
export function kindOf(message: string): string {
  const [first = ''] = message.split('\n', 1);
  return first
    .slice(0, 500)
    .replace(/"[^"]*"|`[^`]*`|'[^']*'/g, '…')
    .replace(/[0-9a-f]{6,}|\d+/gi, '…')
    .slice(0, 120);
}

/**
 * Opens a log.
 *
 * @param to.write takes a line without its end
 * @param to.later calls back after so many milliseconds
 */
export function openBoundedLog({
  write,
  later,
}: {
  write(line: string): void;
  later(act: () => void, milliseconds: number): void;
}): BoundedLog {
  const kinds = new Map<string, Counted>();

  function writeRepeats(): void {
    for (const [kind, { more, events }] of kinds) {
      if (more === 0) continue;
      const message = `… ${more} more of the same in the last minute`;
      write(
        JSON.stringify({ at: new Date().toISOString(), level: 'repeated', kind, message, ...(events.length > 0 && { events }) }),
      );
    }
    kinds.clear();
  }

  function countedOf(kind: string): Counted {
    if (kinds.size === 0) later(writeRepeats, MINUTE_MS);
    const name = kinds.has(kind) || kinds.size < KINDS ? kind : OTHERS;
    const counted = kinds.get(name) ?? { written: 0, more: 0, events: [] };
    kinds.set(name, counted);
    return counted;
  }

  return {
    line(text, { kind, event }) {
      const counted = countedOf(kind);
      if (counted.written < LINES) {
        counted.written += 1;
        return write(text);
      }
      counted.more += 1;
      if (event !== undefined && counted.events.length < EVENTS) counted.events.push(event);
    },
  };
}

// Kept on the process: the server's bundles hold this module several times.
const kept = globalThis as typeof globalThis & { airgateLog?: BoundedLog };

/** The log of this process, on standard error. */
export function processLog(): BoundedLog {
  kept.airgateLog ??= openBoundedLog({
    write: (line) => void process.stderr.write(`${line}\n`),
    later: (act, milliseconds) => void setTimeout(act, milliseconds).unref(),
  });
  return kept.airgateLog;
}
