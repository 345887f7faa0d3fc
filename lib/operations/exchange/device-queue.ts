import type { Database } from '@/db/client';
import type { DialectOutline } from '@/lib/dialects/dialect';
import { QueueFullError } from '@/lib/signing/signing-turns';

/** Different requests that may wait for one device: a device asks for one thing at a time, an impatient person for more. */
const REQUESTS = 8;
/** All requests that may wait for one device, repetitions included. */
const WAITING = 200;
/** After how long a device whose queue is full should try again. */
const RETRY_AFTER_MS = 2_000;

/** The requests for one device: the one that is decided at present, followed by those that wait. */
interface Queue {
  readonly requests: string[];
  last: Promise<void>;
}

// By database: two portals in one process share no queue, as two processes do not.
const queues = new WeakMap<Database, Map<string, Queue>>();

/** A request's place in the queue of its device. */
export interface PlaceInQueue {
  /**
   * Waits until this process decides on no other request of the device. Dialects that sign quickly do not queue.
   *
   * @returns `waited` when what was read before may have changed: read and decide again
   * @throws QueueFullError when too many requests wait for the device
   */
  enter(dialect: DialectOutline, deviceKey: string): Promise<'first' | 'waited'>;
  /** Lets the next request in. Call it after the attempt, whether it succeeded or failed. */
  leave(): void;
}

/**
 * Queues requests for one device where its dialect takes milliseconds to sign: of several answers signed at the same time all but one would be
 * discarded. It only saves work: between processes the commit alone decides.
 *
 * @param request identifies the request; repetitions of it count as one
 */
export function placeInQueue(db: Database, request: string): PlaceInQueue {
  let leave: (() => void) | null = null;
  return {
    async enter(dialect, deviceKey) {
      if (dialect.signsInTurns !== true || leave !== null) return 'first';
      const entered = join(queuesOf(db), { name: `${dialect.id}:${deviceKey}`, request });
      leave = entered.leave;
      await entered.before;
      return entered.before === null ? 'first' : 'waited';
    },
    leave: () => leave?.(),
  };
}

function queuesOf(db: Database): Map<string, Queue> {
  const known = queues.get(db) ?? new Map<string, Queue>();
  queues.set(db, known);
  return known;
}

/** Appends a request to a queue. @returns the promise to wait for, null for the first; and the function that leaves the queue */
function join(
  all: Map<string, Queue>,
  { name, request }: { name: string; request: string },
): { before: Promise<void> | null; leave: () => void } {
  const known = all.get(name);
  const queue = known ?? { requests: [], last: Promise.resolve() };
  const isNew = !queue.requests.includes(request);
  if (queue.requests.length >= WAITING || (isNew && new Set(queue.requests).size > REQUESTS))
    throw new QueueFullError(RETRY_AFTER_MS);
  const before = known === undefined ? null : queue.last;
  let letNext: () => void = () => undefined;
  queue.last = new Promise((settle) => {
    letNext = settle;
  });
  queue.requests.push(request);
  all.set(name, queue);
  const leave = () => {
    queue.requests.shift();
    if (queue.requests.length === 0) all.delete(name);
    letNext();
  };
  return { before, leave };
}
