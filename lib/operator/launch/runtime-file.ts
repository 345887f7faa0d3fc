import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockHolder } from './data-lock';

const runtimeSchema = z.object({
  pid: z.number(),
  url: z.string(),
  ownerUrl: z.string(),
  appUrl: z.string(),
  prepare: z.boolean(),
  /** It runs on the demo's database of the embedded server. */
  isDemo: z.boolean(),
});

/** Addresses of a running portal and its database, for commands. */
export type Runtime = z.infer<typeof runtimeSchema>;

function fileIn(dataDir: string): string {
  return join(dataDir, 'runtime.json');
}

/** Writes `runtime.json` for the commands; it has passwords in it, so only this user can read it. */
export function writeRuntime(dataDir: string, runtime: Runtime): void {
  rmSync(fileIn(dataDir), { force: true });
  writeFileSync(fileIn(dataDir), `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
}

export function removeRuntime(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** Reads which portal runs on the data folder; null when none does, or its database is not up yet. Ignores the file of a killed portal. */
export function readRuntime(dataDir: string): Runtime | null {
  const holder = lockHolder(dataDir);
  if (holder === null || !existsSync(fileIn(dataDir))) return null;
  const runtime = runtimeSchema.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  return runtime.pid === holder.pid ? runtime : null;
}
