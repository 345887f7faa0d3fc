import 'server-only';
import type { OperationContext } from '@/lib/operations/context';
import type { Result } from '@/lib/operations/operation';
import { signInPath } from '../context';
import { logFault, makeEventId } from '../faults/fault';
import { PRIVATE, seeOther } from './respond';

/** A part of a long text, and where the next one starts; null behind the last. */
interface TextPart<Cursor> {
  readonly text: string;
  readonly next: Cursor | null;
}

/** A text that is read and sent a part at a time. */
export interface PartsToSend<Cursor> {
  /** What it is, for the log. */
  readonly name: string;
  /** Of the file, in ASCII. */
  readonly fileName: string;
  readonly contentType: string;
  /** Path of the page that leads here. */
  readonly page: string;
  /** Said to who may not have it. */
  readonly missing: string;
  /** Who asks, as they are at this moment; asked again for each part, so that whoever is removed meanwhile gets no more. */
  readonly contextNow: () => Promise<OperationContext>;
  /** Performs the operation that reads a part. The cursor is null for the first one. */
  readonly readPart: (after: Cursor | null, context: OperationContext) => Promise<Result<TextPart<Cursor>>>;
}

/** Answers with a long text as a file, read and sent a part at a time, so that its length does not matter. Breaks off where a part cannot be read. */
export async function respondParts<Cursor>(parts: PartsToSend<Cursor>): Promise<Response> {
  const first = await parts.readPart(null, await parts.contextNow());
  if (!first.ok && first.rejection.code === 'sign-in-needed') return seeOther(signInPath(parts.page));
  if (!first.ok) return new Response(`${parts.missing}\n`, { status: 404, headers: PRIVATE });
  const headers = {
    ...PRIVATE,
    'Content-Type': `${parts.contentType}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${parts.fileName}"`,
  };
  return new Response(streamParts(first.value, parts), { headers });
}

function streamParts<Cursor>(
  first: TextPart<Cursor>,
  { name, contextNow, readPart }: PartsToSend<Cursor>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let { next } = first;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(first.text));
      if (next === null) controller.close();
    },
    async pull(controller) {
      if (next === null) return;
      const after = next;
      // A file that breaks off is better than one that looks whole and is not.
      const result = await contextNow()
        .then((context) => readPart(after, context))
        .catch((error: unknown) => {
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
