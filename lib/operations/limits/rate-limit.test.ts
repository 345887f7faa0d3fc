import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { perform } from '../operation';
import { redeemSignInCode } from '../sign-in/sign-in-redeem';
import { requestSignInCode } from '../sign-in/sign-in-request';
import { MINUTE_MS, setUpSignIn, wrongFor } from '../testing/scenes/sign-in-scene';

const { context, makePerson, askForCode, type, signIn } = setUpSignIn();

afterEach(() => {
  vi.useRealTimers();
});

test('the sixth code for an address within a quarter of an hour is refused, known or not', async () => {
  const { email } = await makePerson();
  for (const address of [email, `${randomUUID()}@example.com`]) {
    for (let round = 0; round < 5; round += 1) await askForCode(address);
    const refused = await perform(requestSignInCode, { email: address }, context());
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'too-many-attempts' } });
  }
});

test('one client is held back whatever addresses it tries', async () => {
  const client = randomUUID();
  const outcomes: boolean[] = [];
  for (let round = 0; round < 41; round += 1) {
    outcomes.push((await perform(requestSignInCode, { email: `${randomUUID()}@example.com` }, context(undefined, client))).ok);
  }
  expect(outcomes.indexOf(false)).toBe(40);
  expect((await perform(requestSignInCode, { email: `${randomUUID()}@example.com` }, context())).ok).toBe(true);
});

test('ten wrong tries lock the address for an hour, even for the right code, known or not; others are not held back', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { email } = await makePerson();
  for (const address of [email, `${randomUUID()}@example.com`]) {
    for (let round = 0; round < 10; round += 5) {
      const { codeId, code } = await askForCode(address);
      for (let guess = 0; guess < 5; guess += 1) await type(codeId, wrongFor(code));
    }
    const { codeId, code } = await askForCode(address);
    expect(await type(codeId, code ?? '123456')).toBe('too-many-attempts');
    expect(await type(codeId, code ?? '123456')).toBe('too-many-attempts');
    const refused = await perform(requestSignInCode, { email: address }, context());
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'too-many-attempts' } });
    const retryAt = refused.ok ? 0 : Date.parse(String(refused.rejection.facts.retryAt));
    expect(Math.abs(retryAt - Date.now() - 60 * MINUTE_MS)).toBeLessThan(MINUTE_MS);
  }
  expect(await signIn((await makePerson()).email)).toMatch(/-/);
  vi.setSystemTime(Date.now() + 61 * MINUTE_MS);
  expect(await signIn(email)).toMatch(/-/);
});

test('signing in starts the count of wrong tries anew', async () => {
  const { email } = await makePerson();
  for (let round = 0; round < 4; round += 1) {
    const { codeId, code } = await askForCode(email);
    for (let guess = 0; guess < 4; guess += 1) expect(await type(codeId, wrongFor(code))).toMatch(/wrong/);
    expect(await type(codeId, code)).toBe('signed in');
  }
});

test('people who do sign in are not counted, so an office behind one address never runs into its limit', async () => {
  const client = randomUUID();
  const { email } = await makePerson();
  for (let round = 0; round < 45; round += 1) {
    const asked = await perform(requestSignInCode, { email }, context(undefined, client));
    if (!asked.ok) throw new Error(`expected a code in round ${round}, found ${asked.rejection.code}`);
    const { codeId, mail } = asked.value;
    const result = await perform(redeemSignInCode, { codeId, code: mail?.code, userAgent: '' }, context(undefined, client));
    expect(result.ok).toBe(true);
  }
});
