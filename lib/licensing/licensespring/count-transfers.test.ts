import { describe, expect, it } from 'vitest';
import type { SeatEvent } from './count-transfers';
import { countTransfers } from './count-transfers';

/** `A` takes a seat on A, `-A` gives it up; one minute after the other. */
function story(text: string): SeatEvent[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => ({
      deviceId: word.replace('-', ''),
      kind: word.startsWith('-') ? 'given-up' : 'taken',
      at: new Date(Date.UTC(2026, 0, 1, 0, index)),
    }));
}

describe('transfers', () => {
  it.each([
    ['', 0],
    ['A', 0],
    ['A -A', 0],
    ['A -A A', 0],
    ['A -A B', 1],
    ['A -A B -B A', 2],
    ['A -A A -A B', 1],
    ['A B -A C', 1],
    ['A B -A -B C D', 2],
    ['A -A B C', 1],
    ['A B -B A C', 1],
  ])('of %j are %i', (text, count) => {
    expect(countTransfers(story(text))).toBe(count);
    expect(countTransfers(story(text).reverse())).toBe(count);
  });
});
