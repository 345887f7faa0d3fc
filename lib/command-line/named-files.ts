import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { UsageError } from './command';

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/**
 * Writes a new file, and flushes it to the disk.
 *
 * @throws UsageError when it exists, or its folder does not
 */
export function writeNewFile(file: string, { text, mode }: { text: string; mode: number }): void {
  let handle: number;
  try {
    handle = openSync(file, 'wx', mode);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw new UsageError(`expected a new file, found one at ${file}`, { cause: error });
    if (hasCode(error, 'ENOENT')) throw new UsageError(`expected the folder ${dirname(file)}, found none`, { cause: error });
    throw error;
  }
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Appends to a file that only its owner can read, and flushes it to the disk. */
export function appendTo(file: string, text: string): void {
  appendFileSync(file, text, { mode: 0o600, flush: true });
}

/** Writes a file without overwriting: leaves a file with the same text as it is, and numbers the new one when its name is taken. @returns the path */
export function writeBeside(folder: string, { name, text }: { name: string; text: string }): string {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let number = 1; ; number += 1) {
    const file = join(folder, number === 1 ? name : `${stem}-${number}${ending}`);
    if (!existsSync(file)) {
      writeNewFile(file, { text, mode: 0o600 });
      return file;
    }
    if (readFileSync(file, 'utf8') === text) return file;
  }
}

/** Reads a file that was named on the command line. @throws UsageError when it cannot be read */
export function readNamedFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`expected a file that can be read: ${problem}`, { cause: error });
  }
}
