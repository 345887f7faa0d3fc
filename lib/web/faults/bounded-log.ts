/** Lines of one kind written in a minute; the rest are counted. */
const LINES = 10;
/** Further kinds share one counter, since clients can invent message texts. */
const KINDS = 100;
const OTHERS = 'others';
/** Event ids listed for the lines that were not written. */
const EVENTS = 20;
const MINUTE_MS = 60_000;

interface Counted {
  written: number;
  more: number;
  readonly events: string[];
}

/** A log that limits repeated lines, so that clients cannot fill the disk. */
export interface BoundedLog {
  /**
   * Writes a line, or counts it when the limit of its kind for this minute is reached.
   *
   * @param about.kind groups similar lines
   * @param about.event event id of the line, which a user may quote
   */
  line(text: string, about: { readonly kind: string; readonly event?: string }): void;
}

/** Finds the kind of a message: its first line without quoted names, numbers and ids. */
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
 * @param to.write writes a line, given without its line end
 * @param to.later calls `act` after that many milliseconds
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

// Global, because the bundles of the server contain this module several times.
const kept = globalThis as typeof globalThis & { airgateLog?: BoundedLog };

/** Gets the log of this process, on standard error. */
export function processLog(): BoundedLog {
  kept.airgateLog ??= openBoundedLog({
    write: (line) => void process.stderr.write(`${line}\n`),
    later: (act, milliseconds) => void setTimeout(act, milliseconds).unref(),
  });
  return kept.airgateLog;
}
