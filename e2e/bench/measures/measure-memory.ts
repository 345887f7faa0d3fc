import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ENGINE_FLAGS } from '../../../lib/operator/launch/engine-flags';
import { ROOT } from '../../../lib/operator/launch/root';
import type { Installation } from '../bench-portal';
import type { BenchDatabase } from '../bench-server';
import { writeRequests } from '../write-requests';

export const EARLY = 1000;
export const LATE = 10_000;
const BATCH = 250;

/** Input of the process that exchanges files. */
export interface MemoryJob extends Pick<Installation, 'masterKey' | 'actor'> {
  readonly url: string;
  /** A request on each line, as JSON. */
  readonly requestsFile: string;
  readonly batch: number;
  /** Numbers of exchanges after which memory is measured. */
  readonly measureAfter: readonly number[];
}

/** Resident memory of the process in bytes, with garbage collected. */
export interface MemoryFinding {
  readonly earlyBytes: number;
  readonly lateBytes: number;
}

const answer = z.tuple([z.number(), z.number()]);

/** Measures a separate process that submits and commits each file. */
export async function measureMemory(installation: Installation, database: BenchDatabase): Promise<MemoryFinding> {
  const folder = mkdtempSync(join(tmpdir(), 'airgate-bench-requests-'));
  try {
    const requestsFile = join(folder, 'requests');
    for (let written = 0; written < LATE; written += BATCH) {
      const requests = await writeRequests(installation, { count: BATCH, entitlements: installation.entitlements });
      appendFileSync(requestsFile, requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
    }
    const { masterKey, actor } = installation;
    const job: MemoryJob = { masterKey, actor, url: database.appUrl, requestsFile, batch: BATCH, measureAfter: [EARLY, LATE] };
    const [earlyBytes, lateBytes] = answer.parse(await runProcess(job));
    return { earlyBytes, lateBytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runProcess(job: MemoryJob): Promise<unknown> {
  const program = join(ROOT, 'lib/operator/run-typescript.mjs');
  const file = 'e2e/bench/exchange-memory.ts';
  const child = spawn(process.execPath, [...ENGINE_FLAGS, '--expose-gc', program, file], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send(job);
  const [found] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return found;
}
