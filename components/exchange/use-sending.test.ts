import { expect, it } from 'vitest';
import { cutFile } from './use-sending';

it('leaves a file of up to one byte too many as it is', () => {
  const file = new File([new Uint8Array(65_537)], 'press.activation-request');
  expect(cutFile(file)).toBe(file);
});

it('cuts a larger file and keeps its name', () => {
  const cut = cutFile(new File([new Uint8Array(5_000_000)], 'holiday.mp4', { type: 'video/mp4' }));
  expect([cut.size, cut.name, cut.type]).toEqual([65_537, 'holiday.mp4', 'video/mp4']);
});
