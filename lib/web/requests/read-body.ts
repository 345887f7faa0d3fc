/** A body that has not come in full by then does not come. */
const TIMEOUT_MS = 30_000;

/** What a body may take. */
export interface BodyLimits {
  /** The largest body, in bytes. */
  readonly most: number;
  /** So many bytes more are read and dropped: a client hears no answer before it has sent everything. */
  readonly drained?: number;
  /** For the whole body, however steadily it drips. */
  readonly timeoutMs?: number;
}

/** A body as far as it was read. */
export interface ReadBody {
  /** At most one byte more than the largest body has: enough to refuse a larger one. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly end: 'whole' | 'too-large' | 'too-slow' | 'broken-off';
}

/** Bytes in one piece: kept as they come, each of a million chunks would cost more than what is in it. */
function collector(most: number) {
  let held = new Uint8Array(Math.min(most, 16 * 1024));
  let length = 0;
  return {
    add(chunk: Uint8Array): void {
      const kept = chunk.subarray(0, most - length);
      if (length + kept.byteLength > held.byteLength) {
        const larger = new Uint8Array(Math.min(most, Math.max(2 * held.byteLength, length + kept.byteLength)));
        larger.set(held.subarray(0, length));
        held = larger;
      }
      held.set(kept, length);
      length += kept.byteLength;
    },
    bytes: () => held.slice(0, length),
  };
}

/** Lets a promise be given up at an instant that is the same for all that are waited for. */
function deadline(milliseconds: number) {
  let isOver = false;
  let expire = () => {};
  const timer = setTimeout(() => {
    isOver = true;
    expire();
  }, milliseconds);
  return {
    waitFor: <Value>(promise: Promise<Value>) =>
      new Promise<Value | null>((settle, fail) => {
        expire = () => settle(null);
        if (isOver) expire();
        promise.then(settle, fail);
      }),
    end: () => clearTimeout(timer),
  };
}

/**
 * Reads a body: the only place that does, for forms, uploads, calls of applications, and what stands before the pages. Never gives the
 * connection up: whoever sent the body waits for an answer on it.
 */
export async function readBody(body: AsyncIterable<Uint8Array> | null, limits: BodyLimits): Promise<ReadBody> {
  const { most, drained = 0, timeoutMs = TIMEOUT_MS } = limits;
  const kept = collector(most + 1);
  const read = (end: ReadBody['end']): ReadBody => ({ bytes: kept.bytes(), end: size > most ? 'too-large' : end });
  let size = 0;
  if (body === null) return read('whole');
  const time = deadline(timeoutMs);
  const chunks = body[Symbol.asyncIterator]();
  try {
    while (size <= most + drained) {
      const next = await time.waitFor(chunks.next());
      if (next === null) return read('too-slow');
      if (next.done === true) return read('whole');
      kept.add(next.value);
      size += next.value.byteLength;
    }
    return read('too-large');
  } catch {
    return read('broken-off');
  } finally {
    time.end();
  }
}
