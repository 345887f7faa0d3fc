import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a file of the demo into the data folder: all of it or nothing, and only when it is not there already. */
export function putDemoFile(dataDir: string, { name, text, mode }: { name: string; text: string; mode: number }): void {
  const folder = join(dataDir, 'demo');
  const file = join(folder, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
