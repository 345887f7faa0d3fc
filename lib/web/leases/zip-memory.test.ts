import { describe, expect, it } from 'vitest';
import type { RefreshOutcome } from '@/lib/operations/leases/issue-refresh-files';
import { zipRefreshFiles } from './zip-refresh-files';

/** Much larger than refresh files are, so that keeping them shows. */
const FILE_BYTES = 300_000;
const FILES = 1000;
/** Half of what all files take together. */
const MOST_BYTES = (FILES * FILE_BYTES) / 2;

async function* largeFiles(onFile: (file: number) => void): AsyncGenerator<RefreshOutcome, void> {
  for (let file = 1; file <= FILES; file += 1) {
    onFile(file);
    yield { kind: 'file', name: `Press ${file}.refresh`, text: Buffer.alloc(FILE_BYTES, 64 + (file % 64)).toString('latin1') };
  }
}

/** What must not be: all files are there before the first is sent. */
async function* eagerly(files: AsyncGenerator<RefreshOutcome, void>): AsyncGenerator<RefreshOutcome, void> {
  const kept: RefreshOutcome[] = [];
  for await (const file of files) kept.push(file);
  yield* kept;
}

/** Reads a zip to its end without keeping it: its length, and the most memory that was taken above that of the beginning. */
async function readAway(zipOf: (files: AsyncGenerator<RefreshOutcome, void>) => ReadableStream<Uint8Array>) {
  const taken = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
  const before = taken();
  let [length, most] = [0, 0];
  const onFile = () => {
    most = Math.max(most, taken() - before);
  };
  for await (const bytes of zipOf(largeFiles(onFile))) length += bytes.byteLength;
  return { length, most };
}

describe(`a zip of ${FILES} files`, () => {
  it('takes no more memory than some of them, read as it is made', async () => {
    const { length, most } = await readAway(zipRefreshFiles);
    expect(length).toBeGreaterThan(FILES * FILE_BYTES);
    expect(most).toBeLessThan(MOST_BYTES);
  });

  it('would take more if all were kept, and the check says so', async () => {
    const { most } = await readAway((files) => zipRefreshFiles(eagerly(files)));
    expect(most).toBeGreaterThan(MOST_BYTES);
  });
});
