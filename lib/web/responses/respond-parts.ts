import 'server-only';
import type { OperationContext } from '@/lib/operations/context';
import type { Result } from '@/lib/operations/operation';
import { logFault, makeEventId } from '../faults/fault';
import { signInPath } from '../request-context';
import { PRIVATE, seeOther } from './respond';

/** A part of a long text, and the cursor of the next one; null after the last. */
interface TextPart<Cursor> {
  readonly text: string;
  readonly next: Cursor | null;
}

/** A text that is read and sent part by part. */
export interface PartsToSend<Cursor> {
  /** Name in the log. */
  readonly name: string;
  /** File name, in ASCII. */
  readonly fileName: string;
  readonly contentType: string;
  /** Path of the page with the link, to return to after signing in. */
  readonly page: string;
  /** Text of the 404 response. */
  readonly missing: string;
  /** Reads the current context, anew for each part, so that a person removed meanwhile gets no further part. */
  readonly contextNow: () => Promise<OperationContext>;
  /** Performs the operation that reads a part. The cursor is null for the first part. */
  readonly readPart: (after: Cursor | null, context: OperationContext) => Promise<Result<TextPart<Cursor>>>;
}

/** Responds with a long text as a download, read and sent part by part to bound memory. Breaks off when a part cannot be read. */
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
      // A download that breaks off is better than an incomplete one that looks complete.
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
