/** Time limit for a whole body. */
const TIMEOUT_MS = 30_000;

/** Limits for a body. */
export interface BodyLimits {
  /** The largest body, in bytes. */
  readonly most: number;
  /** Bytes read and discarded beyond the limit, because clients read no response before they have sent everything. */
  readonly drained?: number;
  /** Time limit for the whole body. */
  readonly timeoutMs?: number;
}

/** A body, as far as it was read. */
export interface ReadBody {
  /** At most one byte above the limit: enough to detect a larger body. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly end: 'whole' | 'too-large' | 'too-slow' | 'broken-off';
}

/** Collects bytes in one growing buffer, since an array of many tiny chunks would need far more memory. */
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

/** Makes one deadline for a series of promises; `waitFor` gives null once it has passed. */
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
 * Reads a body within limits of size and time. All bodies are read here: forms, uploads and API calls. Never cancels the stream, since the
 * client waits for a response on the same connection.
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
