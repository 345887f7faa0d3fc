import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PersonalActor } from '../actor';
import { requirePerson } from '../actor';
import { perform } from '../operation';
import { done } from '../testing/scenes/operator-scene';
import { makeBrowser, START, stepsLater, totpAt } from '../testing/scenes/second-factor-scene';
import { makeCustomer } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { makeVisitor } from '../testing/visitor';
import { switchOffSecondFactor } from './change-second-factor';
import { findSignedIn } from './session-current';
import { beginSecondFactor, confirmSecondFactor, showSecondFactor } from './set-up-second-factor';
import { findUndo, undoSecondFactor } from './undo-second-factor';

let portal: TestPortal;
let browser: ReturnType<typeof makeBrowser>;

beforeAll(async () => {
  portal = await makeTestPortal();
  browser = makeBrowser(portal);
});

afterAll(() => portal.close());

const daysLater = (days: number) => new Date(START.getTime() + days * 86_400_000);
const anyone = (now: Date = START) => portal.contextFor(makeVisitor(), now);
const codeOf = (result: { ok: boolean; rejection?: { code: string } }) => (result.ok ? 'undone' : result.rejection?.code);

interface Stolen {
  readonly actor: PersonalActor;
  /** The session of the owner and the one of the thief, who switched the second factor on. */
  readonly sessions: readonly [string, string];
  readonly app: string;
  readonly secret: string;
}

async function openSession({ userId }: PersonalActor): Promise<string> {
  const at = START.toISOString();
  const rows = await portal.db.execute<{ id: string }>(sql`insert into sessions (user_id, created_at, last_seen_at, expires_at)
    values (${userId}, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz + interval '7 days') returning id`);
  return rows[0]?.id ?? '';
}
const isLive = async (session: string, now = START) => (await findSignedIn({ db: portal.db, now }, session)) !== null;

/** Switches a second factor on for a person, as a thief at their browser would. */
async function steal(actor: PersonalActor, session: string): Promise<{ app: string; secret: string }> {
  const at = portal.contextFor(actor, START);
  await done(beginSecondFactor, {}, at);
  const shown = await done(showSecondFactor, {}, at);
  const app = shown.state === 'set-up' ? shown.secret : '';
  const { mail } = await done(confirmSecondFactor, { code: totpAt(app, START), currentSession: session }, at);
  if (mail.what.kind !== 'on') throw new Error(`expected the mail about switching on, found ${mail.what.kind}`);
  expect(mail.what.undo.endsAt).toEqual(daysLater(7));
  return { app, secret: mail.what.undo.secret };
}
async function makeStolen(): Promise<Stolen> {
  const actor = requirePerson((await makeCustomer(portal)).member);
  const sessions = [await openSession(actor), await openSession(actor)] as const;
  return { actor, sessions, ...(await steal(actor, sessions[1])) };
}

describe('the link in the mail about a second factor that was switched on', () => {
  it('undoes it signed out: the factor is off, every session has ended, and the owner signs in with the mail alone', async () => {
    const { actor, sessions, secret } = await makeStolen();
    const neighbour = await makeStolen();
    expect([await isLive(sessions[0]), await isLive(sessions[1])]).toEqual([false, true]);
    await browser.tokenFor(actor.label);
    const { mail } = await perform(findUndo, { secret }, anyone()).then(async (found) => {
      expect(found).toMatchObject({ ok: true, value: { email: actor.label, switchedOnAt: START } });
      const undone = await perform(undoSecondFactor, { secret }, anyone());
      if (!undone.ok) throw new Error(`expected it undone, found ${undone.rejection.code}`);
      return undone.value;
    });
    expect(mail).toMatchObject({ to: actor.label, what: { kind: 'undone' } });
    expect(await isLive(sessions[1])).toBe(false);
    expect(await browser.typeMailCode(actor.label)).toHaveProperty('sessionId');
    expect(await isLive(neighbour.sessions[1])).toBe(true);
    const rows = await portal.db.execute<{ action: string; detail: unknown }>(sql`select action, detail from audit_entries
      where user_id = ${actor.userId} and action like 'second-factor.%' order by id`);
    expect(rows.at(-1)).toEqual({ action: 'second-factor.undone', detail: { sessionsEnded: 1 } });
  });

  it('changes nothing as long as it is only looked at', async () => {
    const { actor, sessions, secret } = await makeStolen();
    for (let round = 0; round < 3; round += 1) expect(await perform(findUndo, { secret }, anyone())).toMatchObject({ ok: true });
    expect(await isLive(sessions[1])).toBe(true);
    expect(await done(showSecondFactor, {}, portal.contextFor(actor, START))).toMatchObject({ state: 'on' });
  });

  it('works once, also when it is used many times at once', async () => {
    const { secret } = await makeStolen();
    const results = await Promise.all(Array.from({ length: 6 }, () => perform(undoSecondFactor, { secret }, anyone())));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(codeOf(await perform(undoSecondFactor, { secret }, anyone()))).toBe('undo-link-ended');
    expect(codeOf(await perform(findUndo, { secret }, anyone()))).toBe('undo-link-ended');
  });

  it('works for seven days', async () => {
    const { secret } = await makeStolen();
    const late = daysLater(7);
    expect(codeOf(await perform(undoSecondFactor, { secret }, anyone(late)))).toBe('undo-link-ended');
    expect(codeOf(await perform(undoSecondFactor, { secret }, anyone(new Date(late.getTime() - 1))))).toBe('undone');
  });

  it('is void once its owner has signed in with mail and app: who reads their mail alone cannot take the factor away', async () => {
    const { actor, app, secret } = await makeStolen();
    const later = stepsLater(4);
    const token = await browser.tokenFor(actor.label, later);
    expect(codeOf(await perform(findUndo, { secret }, anyone(later)))).toBe('undone');
    expect(await browser.pass(token, totpAt(app, later), later)).toBe('signed in');
    expect(codeOf(await perform(undoSecondFactor, { secret }, anyone(later)))).toBe('undo-link-ended');
    expect(await done(showSecondFactor, {}, portal.contextFor(actor, later))).toMatchObject({ state: 'on' });
  });

  it('does not undo a later one', async () => {
    const { actor, app, secret, sessions } = await makeStolen();
    const later = stepsLater(4);
    await done(switchOffSecondFactor, { code: totpAt(app, later) }, portal.contextFor(actor, later));
    const again = await steal(actor, sessions[1]);
    expect(codeOf(await perform(undoSecondFactor, { secret }, anyone(later)))).toBe('undo-link-ended');
    expect(codeOf(await perform(undoSecondFactor, { secret: again.secret }, anyone(later)))).toBe('undone');
  });

  it('does nothing for somebody who was removed', async () => {
    const { actor, secret } = await makeStolen();
    await portal.db.execute(sql`update users set disabled_at = now() where id = ${actor.userId}`);
    expect(codeOf(await perform(undoSecondFactor, { secret }, anyone()))).toBe('undo-link-ended');
  });

  it.each([null, undefined, '', 'x', 7, {}, 'a'.repeat(43), "' or true --", '\u0000'])('is none as %j', async (odd) => {
    expect([
      codeOf(await perform(findUndo, { secret: odd }, anyone())),
      codeOf(await perform(undoSecondFactor, { secret: odd }, anyone())),
    ]).toEqual(['undo-link-ended', 'undo-link-ended']);
  });

  it('cannot be tried for without end, and who tries holds up nobody else', async () => {
    const { secret } = await makeStolen();
    const context = anyone();
    for (let count = 0; count < 61; count += 1) await perform(undoSecondFactor, { secret: 'a'.repeat(43) }, context);
    expect(codeOf(await perform(undoSecondFactor, { secret }, context))).toBe('too-many-attempts');
    expect(codeOf(await perform(undoSecondFactor, { secret }, anyone()))).toBe('undone');
  });

  it('is in the database as a digest only', async () => {
    const { secret } = await makeStolen();
    const rows = await portal.db.execute<{ text: string }>(
      sql`select f::text as text from second_factors f union all select a::text from audit_entries a`,
    );
    expect(rows.map(({ text }) => text).join('\n')).not.toContain(secret);
  });
});

describe('a second factor that is being set up', () => {
  it('shows its secret only to who has shown within ten minutes that it is them', async () => {
    const actor = requirePerson((await makeCustomer(portal)).member);
    const context = { ...portal.contextFor({ ...actor, isFresh: true }, START), via: 'browser' } as const;
    await done(beginSecondFactor, {}, context);
    expect(await done(showSecondFactor, {}, context)).toHaveProperty('secret');
    expect(await done(showSecondFactor, {}, { ...context, actor })).toEqual({ state: 'set-up-hidden' });
  });
});
