import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Without this the name may be lost in a power cut although the bytes are safe. Not every file system can. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  } catch {
    // Windows and some sticks refuse; there the rename is as durable as it gets.
  }
}

/**
 * Writes a file so that at any moment its name stands for the old bytes or for the new ones, whole: to a neighbour, to the disk, then by
 * rename. A neighbour that a power cut left behind is thrown away.
 *
 * @param mode permissions of the new file
 */
export async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const neighbour = `${path}.new`;
  await rm(neighbour, { force: true });
  const file = await open(neighbour, 'wx', mode);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(neighbour, path);
  await syncFolder(dirname(path));
}
