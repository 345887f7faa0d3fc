import { expect, test } from 'vitest';
import { inSigningTurn } from './signing-turns';

const TOOK_MS = 20;

/** Signs for a while; tells when it began and when it was done. */
async function sign(): Promise<{ from: number; to: number }> {
  const from = performance.now();
  await new Promise((settle) => setTimeout(settle, TOOK_MS));
  return { from, to: performance.now() };
}

test('one after the other, with a rest of twice as long while others wait', async () => {
  const turns = await Promise.all(Array.from({ length: 4 }, () => inSigningTurn(sign)));
  const rests = turns.slice(1).map(({ from }, index) => from - (turns[index]?.to ?? 0));
  for (const rest of rests) expect(rest).toBeGreaterThanOrEqual(2 * TOOK_MS - 2);
});

test('whoever comes alone waits for nothing', async () => {
  const first = await inSigningTurn(sign);
  const second = await inSigningTurn(sign);
  expect(second.from - first.to).toBeLessThan(TOOK_MS);
});

test('one that fails holds nobody up', async () => {
  const [failed, next] = await Promise.allSettled([inSigningTurn(() => Promise.reject(new Error('no'))), inSigningTurn(sign)]);
  expect(failed).toMatchObject({ status: 'rejected', reason: new Error('no') });
  expect(next.status).toBe('fulfilled');
});
