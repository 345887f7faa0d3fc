import { describe, expect, it } from 'vitest';
import { layOutSeats } from './lay-out-seats';
import type { SeatCount } from './seat-count';
import { countSeats, describeSeats } from './seat-count';

const five: SeatCount = { seats: 5, held: 4, cooling: 1, overdraft: 0 };

function drawn(count: SeatCount, change?: 'takes' | 'keeps' | 'frees'): string {
  return layOutSeats(count, change)
    .map((run) => `${run.length} ${run.kind}${run.over ? ' over' : ''}`)
    .join(', ');
}

describe('layOutSeats', () => {
  it('draws every bought seat once', () => {
    expect(drawn(five)).toBe('1 cooling, 3 held, 1 free');
  });

  it('counts this device among the seats in use', () => {
    expect(drawn({ ...five, held: 5 }, 'takes')).toBe('1 cooling, 3 held, 1 this');
  });

  it('shows the seat that comes free', () => {
    expect(drawn({ ...five, held: 3 }, 'frees')).toBe('1 cooling, 2 held, 1 freed, 1 free');
  });

  it('marks seats above the bought number, used and unused', () => {
    expect(drawn({ seats: 5, held: 6, cooling: 0, overdraft: 3 })).toBe('5 held, 1 held over, 2 free over');
  });

  it('keeps seats in use above a limit that was lowered since', () => {
    expect(drawn({ seats: 2, held: 6, cooling: 0, overdraft: 1 })).toBe('2 held, 4 held over');
  });

  it('ends with the last seat in use when there is no limit', () => {
    expect(drawn({ seats: null, held: 12, cooling: 2, overdraft: 0 })).toBe('2 cooling, 10 held');
    expect(drawn({ seats: 2, held: 3, cooling: 0, overdraft: null })).toBe('2 held, 1 held over');
  });

  it('draws one seat, and none', () => {
    expect(drawn({ seats: 1, held: 0, cooling: 0, overdraft: 0 })).toBe('1 free');
    expect(drawn({ seats: 0, held: 0, cooling: 0, overdraft: 0 })).toBe('');
  });
});

describe('the words beside the picture', () => {
  const said = (count: SeatCount, change?: 'takes' | 'frees') => `${countSeats(count)} ${describeSeats(count, change)}`;

  it('says the exact numbers', () => {
    expect(said({ ...five, cooling: 0 })).toBe('4 of 5 seats in use');
    expect(said(five)).toBe('4 of 5 seats in use, 1 being released');
    expect(said({ seats: 1, held: 1, cooling: 0, overdraft: 0 })).toBe('1 of 1 seat in use');
    expect(said({ seats: 10_000, held: 8412, cooling: 0, overdraft: 0 })).toBe('8,412 of 10,000 seats in use');
  });

  it('says when more is used than bought, and when there is no limit', () => {
    expect(said({ seats: 5, held: 7, cooling: 0, overdraft: 2 })).toBe('7 of 5 seats in use, 2 more than bought');
    expect(said({ seats: null, held: 12, cooling: 0, overdraft: null })).toBe('12 seats in use, no limit');
  });

  it('says what becomes of this device', () => {
    expect(said({ ...five, cooling: 0 }, 'takes')).toBe('4 of 5 seats in use, this device included');
    expect(said({ ...five, cooling: 0 }, 'frees')).toBe('4 of 5 seats in use, this device gives its seat back');
  });
});
