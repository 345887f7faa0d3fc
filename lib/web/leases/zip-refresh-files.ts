import 'server-only';
import { makeZip } from 'client-zip';
import { explain } from '@/lib/licensing/refusals/rejection';
import type { RefreshOutcome } from '@/lib/operations/leases/issue-refresh-files';
import { logFault, makeEventId } from '../faults/fault';
import { nameKeyOf, uniqueName } from '../responses/unique-name';

/** Where it is said which devices got no file, and why. */
const NOT_INCLUDED = 'not-included.txt';

interface Entry {
  readonly name: string;
  readonly input: string;
}

/**
 * Puts refresh files into a zip as they are made: the next one is asked for when the one before was taken by the reader, and none after the
 * reader has gone. A fault breaks the zip off, so that it does not look whole.
 */
export function zipRefreshFiles(files: AsyncGenerator<RefreshOutcome, void>): ReadableStream<Uint8Array> {
  const entries = entriesOf(files);
  return makeZip({
    // When the reader goes, the library throws the reason into its source. Here that is an end like any other.
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
