import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { countEntries } from './use-zip-download';

const zip = zipSync({
  'a.refresh': new TextEncoder().encode('PK PK PK'),
  'b.refresh': new Uint8Array(),
  'c.refresh': new Uint8Array(9),
});

it.each([1, 2, 3, 4, 5, 7, 1000])('files of a zip are counted as they come, in pieces of %i bytes', (size) => {
  const count = countEntries();
  let files = 0;
  for (let at = 0; at < zip.length; at += size) files = count(zip.subarray(at, at + size));
  expect(files).toBe(3);
});

it('the beginning of a file is found after one that was broken off', () => {
  expect(countEntries()(Uint8Array.from([0x50, 0x50, 0x4b, 0x50, 0x4b, 0x03, 0x50, 0x4b, 0x03, 0x04]))).toBe(1);
});
