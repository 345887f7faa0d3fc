import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileStore } from './file-store';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'airgate-device-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('what is saved is loaded, and before that there is nothing', async () => {
  const store = fileStore(join(folder, 'not', 'yet', 'there'));
  expect([await store.load(), await store.latestFileTime()]).toEqual([null, null]);
  await store.save('one');
  await store.save('two');
  expect(await store.load()).toBe('two');
  expect(await store.latestFileTime()).toEqual((await stat(join(folder, 'not', 'yet', 'there', 'device.json'))).mtime);
});

test('only the owner can read it, also when a file with other permissions was there', async () => {
  await writeFile(join(folder, 'device.json.new'), 'left behind', { mode: 0o666 });
  await fileStore(folder).save('secret');
  expect((await stat(join(folder, 'device.json'))).mode & 0o777).toBe(0o600);
});

test('a power cut between write and rename leaves the old state, and the next save goes through', async () => {
  const store = fileStore(folder);
  await store.save('old');
  await writeFile(join(folder, 'device.json.new'), 'half of the ne');
  expect(await store.load()).toBe('old');
  await store.save('new');
  expect(await store.load()).toBe('new');
  expect(await readdir(folder)).toEqual(['device.json']);
});

test('a state that cannot be read is a fault, not a device without a state', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(fileStore(join(folder, 'file')).load()).rejects.toThrow('ENOTDIR');
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('');
});
