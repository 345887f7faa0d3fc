import { expect, test } from 'vitest';
import type { Signing } from './signing-turns';
import { NotWantedError, openSigningQueue, QueueFullError } from './signing-turns';

/** A queue whose rests are counted and take no time, and what was signed in it, in order. */
function makeQueue(options: { ofOne?: number; ofAll?: number } = {}) {
  const rests: number[] = [];
  const signed: string[] = [];
  const queue = openSigningQueue({
    ...options,
    rest: async (milliseconds) => {
      rests.push(milliseconds);
    },
  });
  const sign = (name: string, signing: Partial<Signing> = {}) =>
    queue.inTurn({ turnOf: name.slice(0, 1), isStillWanted: async () => true, ...signing }, async () => {
      signed.push(name);
      return name;
    });
  return { queue, rests, signed, sign };
}

/** Something that is under way until it is let go. */
function makeGate() {
  let letGo: () => void = () => undefined;
  const opened = new Promise<void>((settle) => {
    letGo = settle;
  });
  return { opened, letGo: () => letGo() };
}

test('turns go round between those who wait, and for each of them what came first is first', async () => {
  const { sign, signed } = makeQueue();
  await Promise.all(['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((name) => sign(name)));
  expect(signed).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
});

test('a newcomer is served next in the round, however many of another wait', async () => {
  const { queue, sign, signed } = makeQueue();
  const gate = makeGate();
  const first = queue.inTurn({ turnOf: 'a', isStillWanted: async () => true }, () => gate.opened);
  const many = Array.from({ length: 90 }, (_, index) => sign(`a${index}`));
  const late = sign('b');
  gate.letGo();
  await Promise.all([first, ...many, late]);
  expect(signed.indexOf('b')).toBe(1);
});

test('one after the other', async () => {
  const { queue } = makeQueue();
  let underWay = 0;
  const seen = await Promise.all(
    Array.from({ length: 5 }, () =>
      queue.inTurn({ turnOf: 'a', isStillWanted: async () => true }, async () => {
        underWay += 1;
        await new Promise((settle) => setImmediate(settle));
        const atOnce = underWay;
        underWay -= 1;
        return atOnce;
      }),
    ),
  );
  expect(seen).toEqual([1, 1, 1, 1, 1]);
});

test('rests after each that somebody waits behind, and after no other', async () => {
  const { sign, rests } = makeQueue();
  await Promise.all(['a1', 'a2', 'b1'].map((name) => sign(name)));
  expect(rests).toHaveLength(2);
  expect(rests.every((milliseconds) => milliseconds > 0)).toBe(true);
  await sign('a3');
  await sign('a4');
  expect(rests).toHaveLength(2);
});

test('what is wanted no longer when its turn comes is not signed, and nobody rests for it', async () => {
  const { sign, signed, rests } = makeQueue();
  const [one, other, third] = await Promise.allSettled([
    sign('a1'),
    sign('a2', { isStillWanted: async () => false }),
    sign('a3'),
  ]);
  expect([one.status, other.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(other).toMatchObject({ reason: expect.any(NotWantedError) });
  expect(signed).toEqual(['a1', 'a3']);
  expect(rests).toHaveLength(1);
});

test('a signature that did not wait is not asked whether it is still wanted', async () => {
  const { sign } = makeQueue();
  expect(await sign('a1', { isStillWanted: async () => false })).toBe('a1');
  expect(await sign('a2', { isStillWanted: async () => false })).toBe('a2');
});

test('one that fails, or cannot be asked, holds nobody up', async () => {
  const { queue, sign } = makeQueue();
  const broken = () => Promise.reject(new Error('no'));
  const outcomes = await Promise.allSettled([
    queue.inTurn({ turnOf: 'a', isStillWanted: async () => true }, broken),
    sign('a2', { isStillWanted: broken }),
    sign('a3'),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  expect(queue.waiting()).toBe(0);
});

test('is full for one, not for others, and says when to come again', async () => {
  const { sign, signed } = makeQueue({ ofOne: 2, ofAll: 10 });
  // The first is not waiting: it is its turn.
  const outcomes = await Promise.allSettled(['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => sign(name)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[3]).toMatchObject({ reason: expect.any(QueueFullError) });
  expect(outcomes[3]).toMatchObject({ reason: { retryAfterMs: expect.toSatisfy((ms: number) => ms >= 1000) } });
  expect(signed).not.toContain('a4');
});

test('is full for all: the longest lane gives way to a shorter one', async () => {
  const { sign, signed } = makeQueue({ ofOne: 10, ofAll: 4 });
  const names = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'a6', 'b3'];
  const outcomes = await Promise.allSettled(names.map((name) => sign(name)));
  const refused = names.filter((_, index) => outcomes[index]?.status === 'rejected');
  expect(refused).toEqual(['a4', 'a5', 'a6', 'b3']);
  expect(signed).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
});
