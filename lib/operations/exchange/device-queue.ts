import type { Database } from '@/db/client';
import type { DialectOutline } from '@/lib/dialects/dialect';
import { QueueFullError } from '@/lib/signing/signing-turns';

/** Different requests that may wait for one device. A device asks for one thing at a time; a person may be impatient. */
const REQUESTS = 8;
/** All that may wait for it, many times the same request among them. */
const WAITING = 200;
/** A device with a full line is answered again after about so long. */
const RETRY_AFTER_MS = 2_000;

/** Those who want an answer for one device: the request of whoever has been let in, and of those who wait. */
interface Line {
  readonly requests: string[];
  last: Promise<void>;
}

// By database: what two portals in one process decide is as far apart as in two.
const lines = new WeakMap<Database, Map<string, Line>>();

/** A place among those who want an answer. */
export interface PlaceInQueue {
  /**
   * Waits until nobody else of this process decides on the device. Nobody waits for an answer that takes no time to sign.
   *
   * @returns `waited`: what was read before may have changed; read and decide again
   * @throws QueueFullError
   */
  enter(dialect: DialectOutline, deviceKey: string): Promise<'first' | 'waited'>;
  /** Lets the next one in. Comes after whatever came of it. */
  leave(): void;
}

/**
 * Lets those who want an answer for one device be decided on one after the other, where its dialect signs for milliseconds: of many at once all
 * but one would be signed in vain. Nothing relies on it: between processes the commit alone decides.
 *
 * @param request tells requests from one another: many times the same are one
 */
export function placeInQueue(db: Database, request: string): PlaceInQueue {
  let leave: (() => void) | null = null;
  return {
    async enter(dialect, deviceKey) {
      if (dialect.signsInTurns !== true || leave !== null) return 'first';
      const entered = join(linesOf(db), { name: `${dialect.id}:${deviceKey}`, request });
      leave = entered.leave;
      await entered.before;
      return entered.before === null ? 'first' : 'waited';
    },
    leave: () => leave?.(),
  };
}

function linesOf(db: Database): Map<string, Line> {
  const known = lines.get(db) ?? new Map<string, Line>();
  lines.set(db, known);
  return known;
}

/** Answers what to wait for, null when nobody is there, and how to leave. */
function join(
  all: Map<string, Line>,
  { name, request }: { name: string; request: string },
): { before: Promise<void> | null; leave: () => void } {
  const known = all.get(name);
  const line = known ?? { requests: [], last: Promise.resolve() };
  const isNew = !line.requests.includes(request);
  if (line.requests.length >= WAITING || (isNew && new Set(line.requests).size > REQUESTS))
    throw new QueueFullError(RETRY_AFTER_MS);
  const before = known === undefined ? null : line.last;
  let letNext: () => void = () => undefined;
  line.last = new Promise((settle) => {
    letNext = settle;
  });
  line.requests.push(request);
  all.set(name, line);
  const leave = () => {
    line.requests.shift();
    if (line.requests.length === 0) all.delete(name);
    letNext();
  };
  return { before, leave };
}
