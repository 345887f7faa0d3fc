import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Flushes the folder entry, which a power cut may lose although the bytes are safe. Not every file system can. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  } catch {
    // Windows and some sticks refuse; there the rename is as durable as it gets.
  }
}

/**
 * Writes a file atomically: at any moment its name stands for all the old bytes or all the new ones. Writes to a temporary file in the same
 * folder, flushes it to disk and renames it. A temporary file that a power cut left behind is deleted.
 *
 * @param mode permissions of the new file
 */
export async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', mode);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}
