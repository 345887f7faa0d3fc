import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isRunning } from '@/db/embedded/embedded-process';

const holderSchema = z.object({ pid: z.number(), startedAt: z.string().nullable(), purpose: z.enum(['portal', 'command']) });

/** The process that holds the data folder. */
export type Holder = z.infer<typeof holderSchema>;

/** Reads the start time of a process, which distinguishes it from a later one with the same id; null where there is no `/proc`. */
function startOf(pid: number): string | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  return readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null;
}

function isAlive(holder: Holder): boolean {
  return isRunning(holder.pid) && (holder.startedAt === null || startOf(holder.pid) === holder.startedAt);
}

/** Reads which process holds the data folder; null when none does, or the holder has ended. */
export function lockHolder(dataDir: string): Holder | null {
  const file = join(dataDir, 'lock');
  if (!existsSync(file)) return null;
  const holder = holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return isAlive(holder) ? holder : null;
}

/**
 * Takes the data folder for this process, so that no two start a server on it.
 *
 * @returns a function that releases it, or null when another process holds it
 */
export function takeLock(dataDir: string, purpose: Holder['purpose']): (() => void) | null {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'lock');
  const ours = `${file}.${process.pid}`;
  const holder: Holder = { pid: process.pid, startedAt: startOf(process.pid), purpose };
  writeFileSync(ours, JSON.stringify(holder), { mode: 0o600 });
  try {
    if (existsSync(file) && lockHolder(dataDir) === null) renameSync(file, `${ours}.left`);
    linkSync(ours, file);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT');
    if (isTaken) return null;
    throw error;
  } finally {
    rmSync(ours, { force: true });
    rmSync(`${ours}.left`, { force: true });
  }
  return () => rmSync(file, { force: true });
}
