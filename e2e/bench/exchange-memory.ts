import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ActingContext } from '@/lib/operations/context';
import { commitFile } from '@/lib/operations/exchange/commit-file';
import { submitFile } from '@/lib/operations/exchange/submit-file';
import { perform } from '@/lib/operations/operation';
import { openPortal } from './bench-portal';
import { inParallel } from './in-parallel';
import type { MemoryJob } from './measures/measure-memory';

// Runs in its own process, with --expose-gc: exchanges files, and reports its memory after some of them and after all.

const CLIENTS = Array.from({ length: 8 });

async function exchange(context: ActingContext, request: string): Promise<void> {
  const submitted = await perform(submitFile, { fileName: 'request.txt', bytes: Buffer.from(request) }, context);
  if (!submitted.ok) throw new Error(`expected a file that is taken in, found ${submitted.rejection.code}`);
  const answered = await perform(commitFile, { submissionId: submitted.value.submissionId }, context);
  if (!answered.ok) throw new Error(`expected an answer, found ${answered.rejection.code}`);
}

/** Resident memory after garbage collection. */
async function residentBytes(): Promise<number> {
  for (let count = 0; count < 3; count += 1) {
    globalThis.gc?.();
    await new Promise((settle) => setImmediate(settle));
  }
  return process.memoryUsage.rss();
}

const [job] = (await once(process, 'message')) as [MemoryJob];
const { context, close } = openPortal(job);
const resident: number[] = [];
let batch: string[] = [];
let done = 0;
for await (const line of createInterface({ input: createReadStream(job.requestsFile) })) {
  batch.push(JSON.parse(line));
  if (batch.length < job.batch) continue;
  await inParallel(CLIENTS, batch, (request) => exchange(context, request));
  done += batch.length;
  batch = [];
  if (job.measureAfter.includes(done)) resident.push(await residentBytes());
}
await close();
process.send?.(resident);
process.disconnect();
