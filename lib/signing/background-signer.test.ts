import { generateKeyPairSync, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { signInBackground } from './background-signer';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

test('signatures made at once are each of their own text', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index} – é`);
  const signatures = await Promise.all(texts.map((text) => signInBackground(privateKey, text)));
  texts.forEach((text, index) => {
    expect(verify('sha256', Buffer.from(text), publicKey, signatures[index] ?? Buffer.alloc(0))).toBe(true);
    expect(verify('sha256', Buffer.from(`${text}!`), publicKey, signatures[index] ?? Buffer.alloc(0))).toBe(false);
  });
});

test('the caller of a signature goes on before it is made', async () => {
  const order: string[] = [];
  const signed = signInBackground(privateKey, 'text').then(() => order.push('signed'));
  // What the thread answers comes in a later turn of this one, however long this turn takes.
  for (let step = 0; step < 1000; step += 1) await null;
  order.push('went on');
  await signed;
  expect(order).toEqual(['went on', 'signed']);
});

test('a key that cannot sign is an error of its own request alone', async () => {
  const [failed, signed] = await Promise.allSettled([signInBackground(publicKey, 'text'), signInBackground(privateKey, 'text')]);
  expect(failed.status).toBe('rejected');
  expect(signed.status).toBe('fulfilled');
});
