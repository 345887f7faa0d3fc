/** The rest after a signature that others wait behind, as a multiple of the time that it took. */
const RESTS = 2;
/** The estimate of a turn before the first was measured. */
const USUAL_TURN_MS = 10;
const SECOND_MS = 1000;

/** Whose turn a queued signature counts as, and whether it is still wanted when the turn comes. */
export interface Signing {
  /** Whose turn it is, such as a customer's id: turns go round all who wait. */
  readonly turnOf: string;
  /** Called before signing when the signature had to wait for its turn. */
  isStillWanted(): Promise<boolean>;
}

/** The content was overtaken while the signature waited for its turn. Nothing was signed. */
export class NotWantedError extends Error {
  override name = 'NotWantedError';
}

/** The queue is full. Nothing was signed. */
export class QueueFullError extends Error {
  override name = 'QueueFullError';
  /** The estimated time until the present queue is done. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super(`expected a place in the queue, found it full for ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
  }
}

export interface SigningQueue {
  /**
   * Signs when its turn has come.
   *
   * @throws NotWantedError, QueueFullError, and what `sign` throws
   */
  inTurn<Signed>(signing: Signing, sign: () => Promise<Signed>): Promise<Signed>;
  /** Counts the signatures that wait for their turn. */
  waiting(): number;
}

interface QueueOptions {
  /** How many may wait for one, and for all of them together. */
  readonly ofOne: number;
  readonly ofAll: number;
  rest(milliseconds: number): Promise<void>;
}

/** A turn that has ended. */
interface Turn {
  /** 0 when nothing was signed. */
  readonly tookMs: number;
  /** Settles the promise of the caller. */
  settle(): void;
}

interface Waiting {
  run(): Promise<Turn>;
  giveWay(): void;
}

const USUAL: QueueOptions = {
  ofOne: 250,
  ofAll: 1000,
  rest: (milliseconds) => new Promise((settle) => setTimeout(settle, milliseconds)),
};

/** Opens the lanes of the queue: one for each `turnOf`, in the order in which their turns come. */
function openLanes({ ofOne, ofAll }: Pick<QueueOptions, 'ofOne' | 'ofAll'>) {
  const lanes = new Map<string, Waiting[]>();
  let waiting = 0;

  /** Checks for room; in a full queue the last of the longest lane gives way to a shorter lane. */
  function hasRoomIn(lane: readonly Waiting[]): boolean {
    if (lane.length >= ofOne) return false;
    if (waiting < ofAll) return true;
    const longest = [...lanes.values()].reduce((one, other) => (other.length > one.length ? other : one), []);
    if (longest.length <= lane.length + 1) return false;
    longest.pop()?.giveWay();
    waiting -= 1;
    return true;
  }

  return {
    waiting: () => waiting,
    /** Adds to a lane; false when the queue is full. */
    add(turnOf: string, one: Waiting): boolean {
      const lane = lanes.get(turnOf) ?? [];
      if (!hasRoomIn(lane)) return false;
      lane.push(one);
      lanes.set(turnOf, lane);
      waiting += 1;
      return true;
    },
    /** Takes the first of the lane whose turn it is, and puts the lane behind all others. */
    take(): Waiting | undefined {
      const [next] = lanes;
      if (next === undefined) return undefined;
      const [turnOf, lane] = next;
      const first = lane.shift();
      lanes.delete(turnOf);
      if (lane.length > 0) lanes.set(turnOf, lane);
      waiting -= 1;
      return first;
    },
  };
}

/**
 * Opens a queue that makes slow signatures one after the other: lanes take turns, and each lane is first in, first out. While others wait,
 * each signature is followed by a rest, so that a burst takes a third of one processor and leaves the remainder to requests without such
 * signatures. A signature in an empty queue is made at once.
 */
export function openSigningQueue(options: Partial<QueueOptions> = {}): SigningQueue {
  const { rest, ...room } = { ...USUAL, ...options };
  const lanes = openLanes(room);
  let isAtWork = false;
  let turnMs = USUAL_TURN_MS;

  async function work(): Promise<void> {
    isAtWork = true;
    for (let next = lanes.take(); next !== undefined; next = lanes.take()) {
      const { tookMs, settle } = await next.run();
      // Counted before settling: a caller that comes again at once did not wait.
      const isAwaited = lanes.waiting() > 0;
      settle();
      if (tookMs === 0) continue;
      turnMs = tookMs;
      if (isAwaited) await rest(RESTS * tookMs);
    }
    isAtWork = false;
  }

  const full = () => new QueueFullError(Math.max(SECOND_MS, lanes.waiting() * turnMs * (1 + RESTS)));

  return {
    waiting: lanes.waiting,
    inTurn: (signing, sign) =>
      new Promise((settle, fail) => {
        const hasToWait = isAtWork;
        const run = async (): Promise<Turn> => {
          try {
            if (hasToWait && !(await signing.isStillWanted())) throw new NotWantedError('expected that it is still wanted');
            const startedAt = performance.now();
            const signed = await sign();
            return { tookMs: performance.now() - startedAt, settle: () => settle(signed) };
          } catch (error) {
            return { tookMs: 0, settle: () => fail(error) };
          }
        };
        if (!lanes.add(signing.turnOf, { run, giveWay: () => fail(full()) })) fail(full());
        else if (!isAtWork) void work();
      }),
  };
}

const queue = openSigningQueue();

/** Signs in the queue of this process. @throws as {@link SigningQueue.inTurn} */
export function inSigningTurn<Signed>(signing: Signing, sign: () => Promise<Signed>): Promise<Signed> {
  return queue.inTurn(signing, sign);
}
