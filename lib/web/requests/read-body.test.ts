import { afterEach, expect, test, vi } from 'vitest';
import { readBody } from './read-body';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A body of chunks, and then whatever a function does. */
function body(chunks: readonly Uint8Array[], then: (controller: ReadableStreamDefaultController<Uint8Array>) => void) {
  const left = [...chunks];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = left.shift();
      if (chunk === undefined) return then(controller);
      controller.enqueue(chunk);
    },
  });
}

const ends = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.close();
const breaksOff = (controller: ReadableStreamDefaultController<Uint8Array>) => controller.error(new Error('gone'));
const waits = () => undefined;

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['no body', null, '', 'whole'],
  ['an empty one', body([], ends), '', 'whole'],
  ['one of the greatest length', body([bytes('abcd'), bytes('efgh')], ends), 'abcdefgh', 'whole'],
  ['one that is a byte longer', body([bytes('abcdefgh'), bytes('i')], ends), 'abcdefghi', 'too-large'],
  ['one that is much longer, in one piece', body([bytes('a'.repeat(1000))], ends), 'aaaaaaaaa', 'too-large'],
  ['one that breaks off', body([bytes('ab')], breaksOff), 'ab', 'broken-off'],
  ['one that breaks off when it is too large already', body([bytes('a'.repeat(9))], breaksOff), 'aaaaaaaaa', 'too-large'],
])('%s', async (_, given, text, end) => {
  expect(await readBody(given, { most: 8 })).toEqual({ bytes: bytes(text), end });
});

test('what never comes is given up', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const read = readBody(body([bytes('ab')], waits), { most: 8, timeoutMs: 10 });
  await vi.advanceTimersByTimeAsync(9);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await read).toEqual({ bytes: bytes('ab'), end: 'too-slow' });
});

test('the time is for the whole body: one that drips is given up as well', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const dripping = new ReadableStream<Uint8Array>({
    async pull(controller) {
      // One byte in each millisecond.
      await vi.advanceTimersByTimeAsync(1);
      controller.enqueue(bytes('a'));
    },
  });
  const read = await readBody(dripping, { most: 1_000_000, timeoutMs: 30 });
  expect(read.end).toBe('too-slow');
  expect(read.bytes.byteLength).toBeGreaterThan(20);
  expect(read.bytes.byteLength).toBeLessThanOrEqual(30);
});

test('what is too large is not read on, or only so far as is said, and none of that is kept', async () => {
  for (const drained of [0, 1000]) {
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 100;
        controller.enqueue(new Uint8Array(100));
      },
    });
    const read = await readBody(endless, { most: 500, drained });
    expect([read.end, read.bytes.byteLength]).toEqual(['too-large', 501]);
    expect(given).toBeLessThanOrEqual(500 + drained + 300);
    expect(given).toBeGreaterThan(500 + drained);
  }
});

test('a body that is given up is not cancelled: whoever sent it waits for an answer on the same connection', async () => {
  let cancelled = false;
  const kept = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes('a'.repeat(100))),
    cancel: () => {
      cancelled = true;
    },
  });
  expect((await readBody(kept, { most: 8 })).end).toBe('too-large');
  expect(cancelled).toBe(false);
});

test('ten thousand chunks of a byte each are kept in one piece', async () => {
  const count = 10_000;
  async function* drops() {
    for (let index = 0; index < count; index += 1) yield new Uint8Array([index % 256]);
  }
  const { bytes: read } = await readBody(drops(), { most: count });
  expect([read.byteLength, read.buffer.byteLength]).toEqual([count, count]);
  expect([read[255], read[256], read[count - 1]]).toEqual([255, 0, (count - 1) % 256]);
});
