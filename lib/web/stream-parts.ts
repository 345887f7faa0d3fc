import 'server-only';
import type { Result } from '@/lib/operations/operation';
import { logFault, makeEventId } from './fault';

/** A part of a long text, and where the next one starts; null behind the last. */
export interface TextPart<Cursor> {
  readonly text: string;
  readonly next: Cursor | null;
}

interface PartsToStream<Cursor> {
  /** What it is, for the log. */
  readonly name: string;
  readonly first: TextPart<Cursor>;
  readonly readNext: (after: Cursor) => Promise<Result<TextPart<Cursor>>>;
}

/** Streams a text that is read a part at a time, so that its length does not matter. Breaks off where a part cannot be read. */
export function streamParts<Cursor>({ name, first, readNext }: PartsToStream<Cursor>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let { next } = first;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(first.text));
      if (next === null) controller.close();
    },
    async pull(controller) {
      if (next === null) return;
      // A file that breaks off is better than one that looks whole and is not.
      const result = await readNext(next).catch((error: unknown) => {
        logFault(error, { event: makeEventId(), task: `export ${name}` });
        throw error;
      });
      if (!result.ok) throw new Error(`expected the next part of ${name}, found ${result.rejection.code}`);
      next = result.value.next;
      controller.enqueue(encoder.encode(result.value.text));
      if (next === null) controller.close();
    },
  });
}
