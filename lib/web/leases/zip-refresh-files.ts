import 'server-only';
import { makeZip } from 'client-zip';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { RefreshOutcome } from '@/lib/operations/leases/issue-refresh-files';
import { logFault, makeEventId } from '../faults/fault';
import { nameKeyOf, uniqueName } from '../responses/unique-name';

/** Lists the devices without a file, with reasons. */
const NOT_INCLUDED = 'not-included.txt';

interface Entry {
  readonly name: string;
  readonly input: string;
}

/**
 * Streams refresh files as a zip while they are made. Makes the next file only when the client has read the one before, and stops when the
 * client disconnects. A fault breaks off the stream, so that the zip does not look complete.
 */
export function zipRefreshFiles(files: AsyncGenerator<RefreshOutcome, void>): ReadableStream<Uint8Array> {
  const entries = entriesOf(files);
  return makeZip({
    // The library calls `throw` when the client disconnects; that is a normal end here.
    [Symbol.asyncIterator]: () => ({ next: () => entries.next(), throw: () => entries.return(undefined) }),
  });
}

async function* entriesOf(files: AsyncGenerator<RefreshOutcome, void>): AsyncGenerator<Entry, void> {
  const names = new Map([[nameKeyOf(NOT_INCLUDED), 1]]);
  const lines: string[] = [];
  for await (const outcome of watch(files)) {
    if (outcome.kind === 'file') yield { name: uniqueName(outcome.name, names), input: outcome.text };
    else lines.push(lineOf(outcome));
  }
  if (lines.length === 0) return;
  const head = 'These devices got no refresh file. Nothing was changed for them.\n\n';
  yield { name: NOT_INCLUDED, input: `${head}${lines.join('\n')}\n` };
}

async function* watch(files: AsyncGenerator<RefreshOutcome, void>): AsyncGenerator<RefreshOutcome, void> {
  try {
    while (true) {
      const next = await files.next().catch((error: unknown) => {
        logFault(error, { event: makeEventId(), task: 'refresh files' });
        throw error;
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await files.return();
  }
}

function lineOf({ deviceName, rejection }: Extract<RefreshOutcome, { kind: 'refused' }>): string {
  const { cause, fix } = explain(rejection);
  return `${deviceName}: ${cause} ${fix} (${rejection.code})`;
}
