import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonalActor } from '../actor';
import { requirePerson } from '../actor';
import type { OperationContext } from '../context';
import { perform } from '../operation';
import { done } from '../testing/scenes/operator-scene';
import { makeBrowser } from '../testing/scenes/second-factor-scene';
import { wrongFor } from '../testing/scenes/sign-in-scene';
import { makeCustomer } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { makeVisitor } from '../testing/visitor';
import { proveSession, sendProofCode, showProof } from './prove-session';
import { findSignedIn } from './session-current';
import { sessionEndOthers } from './session-end';
import { redeemSignInCode } from './sign-in-redeem';

let portal: TestPortal;

beforeAll(async () => {
  portal = await makeTestPortal();
});

afterAll(() => portal.close());

const START = new Date('2030-01-01T12:00:00Z');
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

/** Makes a person for this test alone, and a session that began at the start. */
async function makeReader(): Promise<{ actor: PersonalActor; session: string }> {
  const actor = requirePerson((await makeCustomer(portal)).member);
  return { actor, session: await openSession(actor) };
}
async function openSession({ userId }: PersonalActor): Promise<string> {
  const at = START.toISOString();
  const rows = await portal.db.execute<{ id: string }>(sql`insert into sessions (user_id, created_at, last_seen_at, expires_at)
    values (${userId}, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz + interval '7 days') returning id`);
  return rows[0]?.id ?? '';
}
async function asNow(session: string, minutes: number): Promise<OperationContext> {
  const now = minutesLater(minutes);
  const signedIn = await findSignedIn({ db: portal.db, now }, session);
  return { ...portal.contextFor(signedIn?.actor ?? makeVisitor(), now), via: 'browser' };
}
async function isFresh(session: string, minutes: number): Promise<boolean> {
  return (await findSignedIn({ db: portal.db, now: minutesLater(minutes) }, session))?.actor.isFresh === true;
}
async function codeFor(session: string, minutes: number): Promise<string> {
  return (await done(sendProofCode, { session }, await asNow(session, minutes))).mail.code;
}
/** Types a code. @returns `proved`, or the refusal as text */
async function type(session: string, code: string, minutes: number): Promise<string> {
  const result = await perform(proveSession, { session, code }, await asNow(session, minutes));
  return result.ok ? 'proved' : result.rejection.code;
}

describe('a person who is signed in', () => {
  it('counts as them for ten minutes after signing in, and for ten more after a code from the mail', async () => {
    const { session } = await makeReader();
    expect([await isFresh(session, 0), await isFresh(session, 9.99), await isFresh(session, 10)]).toEqual([true, true, false]);
    expect(await type(session, await codeFor(session, 30), 31)).toBe('proved');
    expect([await isFresh(session, 40.99), await isFresh(session, 41)]).toEqual([true, false]);
  });

  it('ends the other sessions of theirs only as long as they count as them', async () => {
    const { actor, session } = await makeReader();
    const other = await openSession(actor);
    const end = async (minutes: number) => perform(sessionEndOthers, { current: session }, await asNow(session, minutes));
    expect(await end(11)).toMatchObject({ rejection: { code: 'fresh-proof-needed' } });
    expect(await findSignedIn({ db: portal.db, now: minutesLater(11) }, other)).not.toBeNull();
    await type(session, await codeFor(session, 12), 13);
    expect(await end(14)).toMatchObject({ value: { ended: 1 } });
  });

  it('is written down when they show it, without the code', async () => {
    const { actor, session } = await makeReader();
    const code = await codeFor(session, 20);
    await type(session, code, 20);
    const rows = await portal.db.execute(sql`select action, detail from audit_entries where user_id = ${actor.userId}`);
    expect([...rows]).toEqual([{ action: 'session.proved', detail: { sessionId: session } }]);
    const kept = await portal.db.execute<{ text: string }>(sql`select c::text as text from session_codes c`);
    expect(kept.map(({ text }) => text).join()).not.toContain(code);
  });
});

describe('a code by which somebody shows that it is still them', () => {
  it('works once, for ten minutes, as the newest one', async () => {
    const { session } = await makeReader();
    const [first, second] = [await codeFor(session, 20), await codeFor(session, 21)];
    if (first !== second) expect(await type(session, first, 22)).toBe('sign-in-code-wrong');
    expect(await type(session, second, 31)).toBe('sign-in-code-ended');
    const third = await codeFor(session, 32);
    expect(await type(session, third, 33)).toBe('proved');
    expect(await type(session, third, 33)).toBe('sign-in-code-ended');
  });

  it('works in no other session of the same person, and for nobody else', async () => {
    const { actor, session } = await makeReader();
    const [another, stranger] = [await openSession(actor), await makeReader()];
    const code = await codeFor(session, 20);
    expect(await type(another, code, 21)).toBe('sign-in-code-ended');
    const theirs = await asNow(stranger.session, 21);
    for (const operation of [sendProofCode, showProof] as const) {
      const result = await perform<unknown, unknown>(operation, { session }, theirs);
      expect(result).toMatchObject(operation === showProof ? { value: { isWaiting: false } } : { ok: false });
    }
    expect(await perform(proveSession, { session, code }, theirs)).toMatchObject({ rejection: { code: 'sign-in-code-ended' } });
    expect(await isFresh(another, 21)).toBe(false);
    expect(await type(session, code, 22)).toBe('proved');
  });

  it('does not sign in, and a code to sign in does not show it', async () => {
    const { actor, session } = await makeReader();
    const browser = makeBrowser(portal);
    const code = await codeFor(session, 20);
    const signIn = await perform(
      redeemSignInCode,
      { codeId: session, code, userAgent: 'Test' },
      browser.context(minutesLater(21)),
    );
    expect(signIn).toMatchObject({ rejection: { code: 'sign-in-code-ended' } });
    expect(await browser.typeMailCode(actor.label, minutesLater(21))).toHaveProperty('sessionId');
    expect(await isFresh(session, 22)).toBe(false);
  });

  it('is dead after five wrong tries', async () => {
    const { session } = await makeReader();
    const code = await codeFor(session, 20);
    const tries: string[] = [];
    for (let count = 0; count < 5; count += 1) tries.push(await type(session, wrongFor(code), 21));
    expect(tries).toEqual([...Array.from({ length: 4 }, () => 'sign-in-code-wrong'), 'sign-in-code-ended']);
    expect(await type(session, code, 21)).toBe('sign-in-code-ended');
    expect(await isFresh(session, 21)).toBe(false);
  });

  it('cannot be guessed by many at once, and the right one counts once', async () => {
    const { session } = await makeReader();
    const code = await codeFor(session, 20);
    const wrong = await Promise.all(Array.from({ length: 9 }, () => type(session, wrongFor(code), 21)));
    expect(wrong.filter((answer) => answer === 'sign-in-code-wrong')).toHaveLength(4);
    const again = await makeReader();
    const right = await codeFor(again.session, 20);
    const answers = await Promise.all(Array.from({ length: 5 }, () => type(again.session, right, 21)));
    expect(answers.filter((answer) => answer === 'proved')).toHaveLength(1);
  });

  it('locks the person after ten wrong tries in an hour, also for the right code, and leaves their signing in alone', async () => {
    const { actor, session } = await makeReader();
    for (let round = 0; round < 2; round += 1) {
      const code = await codeFor(session, 20);
      for (let count = 0; count < 5; count += 1) await type(session, wrongFor(code), 21);
    }
    const next = await codeFor(session, 22);
    expect(await type(session, next, 22)).toBe('too-many-attempts');
    expect(await perform(sendProofCode, { session }, await asNow(session, 23))).toMatchObject({
      rejection: { code: 'too-many-attempts' },
    });
    expect(await makeBrowser(portal).typeMailCode(actor.label, minutesLater(23))).toHaveProperty('sessionId');
  });

  it('is not made for a session that ended', async () => {
    const { actor, session } = await makeReader();
    const context = await asNow(session, 1);
    await portal.db.execute(sql`update sessions set ended_at = now() where user_id = ${actor.userId}`);
    expect(await perform(sendProofCode, { session }, context)).toMatchObject({ rejection: { code: 'not-found' } });
  });
});
