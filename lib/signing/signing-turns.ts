/** How long nothing is signed after something that others wait behind, as many times what it took. */
const RESTS = 2;
/** What a turn is reckoned to take before the first was measured. */
const USUAL_TURN_MS = 10;
const SECOND_MS = 1000;

/** For whom something is signed that has to wait for its turn, and whether it is still worth it then. */
export interface Signing {
  /** Whose turn it is, such as a customer: everybody who waits is let in as often as anybody else. */
  readonly turnOf: string;
  /** Asked when a turn has come that was waited for, just before anything is signed. */
  isStillWanted(): Promise<boolean>;
}

/** What was to be signed is of no use any more: what it says was overtaken while it waited. Nothing was signed. */
export class NotWantedError extends Error {
  override name = 'NotWantedError';
}

/** So many wait already that nobody else is let in. Nothing was signed. */
export class QueueFullError extends Error {
  override name = 'QueueFullError';
  /** When those who wait now will have been answered, about. */
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
  /** How many wait for their turn. */
  waiting(): number;
}

interface QueueOptions {
  /** How many may wait for one, and for all of them together. */
  readonly ofOne: number;
  readonly ofAll: number;
  rest(milliseconds: number): Promise<void>;
}

/** What a turn came to. */
interface Turn {
  /** 0 when nothing was signed. */
  readonly tookMs: number;
  /** Lets whoever waited for it go on. */
  tell(): void;
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

/** Those who wait: one lane for each whose turn it is, in the order in which their turns come. */
function openLanes({ ofOne, ofAll }: Pick<QueueOptions, 'ofOne' | 'ofAll'>) {
  const lanes = new Map<string, Waiting[]>();
  let waiting = 0;

  /** Whoever waits with most others of its own gives way to somebody who waits with fewer. */
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
    /** Says whether there was room. */
    add(turnOf: string, one: Waiting): boolean {
      const lane = lanes.get(turnOf) ?? [];
      if (!hasRoomIn(lane)) return false;
      lane.push(one);
      lanes.set(turnOf, lane);
      waiting += 1;
      return true;
    },
    /** The first of the lane whose turn it is. The lane goes behind all others. */
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
 * Lets those who sign for milliseconds do so one after the other: whoever waits in turns, and for each of them what came first. While others
 * wait there is a rest after each: a burst takes a third of one processor, and leaves the remainder to whoever needs no such signature.
 * Somebody who comes alone waits for nothing.
 */
export function openSigningQueue(options: Partial<QueueOptions> = {}): SigningQueue {
  const { rest, ...room } = { ...USUAL, ...options };
  const lanes = openLanes(room);
  let isAtWork = false;
  let turnMs = USUAL_TURN_MS;

  async function work(): Promise<void> {
    isAtWork = true;
    for (let next = lanes.take(); next !== undefined; next = lanes.take()) {
      const { tookMs, tell } = await next.run();
      // Before anybody is told: who comes again because of it did not wait.
      const isAwaited = lanes.waiting() > 0;
      tell();
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
            return { tookMs: performance.now() - startedAt, tell: () => settle(signed) };
          } catch (error) {
            return { tookMs: 0, tell: () => fail(error) };
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
