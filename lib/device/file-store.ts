import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateStore } from './state-store';
import { writeDurably } from './write-durably';

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Keeps the state in `device.json` in a folder, readable by its owner only: the private keys are in it. */
export function fileStore(folder: string): StateStore {
  const path = join(folder, 'device.json');
  return {
    load: () => orNull(readFile(path, 'utf8')),
    async save(text) {
      await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
      await writeDurably(path, text, PRIVATE_FILE);
    },
    async latestFileTime() {
      return (await orNull(stat(path)))?.mtime ?? null;
    },
  };
}
