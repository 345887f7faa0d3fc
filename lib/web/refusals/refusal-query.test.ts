import { expect, test } from 'vitest';
import { reject } from '@/lib/licensing/refusals/rejection';
import { pageAddress, refusalFromQuery, refusalQuery } from './refusal-query';

test('a rejection comes back from the address it was written into', () => {
  const wrong = reject('sign-in-code-wrong', { left: 3 });
  expect(refusalFromQuery(refusalQuery(wrong))).toEqual(wrong);
  const held = reject('too-many-attempts', { retryAt: '2030-01-01T12:34:56.000Z' });
  expect(refusalFromQuery(refusalQuery(held))).toEqual(reject('too-many-attempts', { retryAt: '12:34 UTC' }));
});

test.each([{}, { refused: 'constructor' }, { refused: 'no-seat-free' }, { refused: ['too-many-attempts'] }, { refused: '<b>' }])(
  'an address that no form of ours leads to shows nothing: %j',
  (params) => {
    expect(refusalFromQuery(params)).toBeNull();
  },
);

test('no text of an address is shown', () => {
  const forged = refusalFromQuery({ refused: 'too-many-attempts', left: 'call 0900', until: 'you pay' });
  expect(forged).toEqual(reject('too-many-attempts'));
});

test('the front page is not named as the next one', () => {
  expect(pageAddress('/sign-in', { next: '/' })).toBe('/sign-in');
  expect(pageAddress('/sign-in', { refused: 'busy', next: '/a?b=c&d' })).toBe('/sign-in?refused=busy&next=%2Fa%3Fb%3Dc%26d');
});
