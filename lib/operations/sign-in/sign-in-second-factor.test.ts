import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { perform } from '../operation';
import { done } from '../testing/scenes/operator-scene';
import type { Holder } from '../testing/scenes/second-factor-scene';
import { beginAt, makeBrowser, START, stepsLater, switchOn, wrongTotp } from '../testing/scenes/second-factor-scene';
import { MINUTE_MS } from '../testing/scenes/sign-in-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeSupport } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { switchOffSecondFactor } from './change-second-factor';
import { findSignedIn } from './session-current';
import { findWaitingAddress, passSecondFactor } from './sign-in-second-factor';

let portal: TestPortal;
let customer: TestCustomer;
let browser: ReturnType<typeof makeBrowser>;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
  customer = await makeCustomer(portal);
  browser = makeBrowser(portal);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => portal.close());

const newHolder = async () => switchOn(portal, await makeSupport(portal));
const sessionsOf = async ({ actor }: Pick<Holder, 'actor'>) => {
  const rows = await portal.db.execute<{ count: number }>(
    sql`select count(*)::integer as count from sessions where user_id = ${actor.userId} and ended_at is null`,
  );
  return rows[0]?.count;
};
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * MINUTE_MS);
const tally = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === 'signed in').length;

describe('signing in with a second factor', () => {
  it('opens no session before the code of the app, and one after it', async () => {
    const holder = await newHolder();
    const token = await browser.tokenFor(holder.actor.label);
    expect(await sessionsOf(holder)).toBe(0);
    expect(await browser.pass(token, holder.codeAt(0))).toBe('signed in');
    expect(await sessionsOf(holder)).toBe(1);
    const rows = await portal.db.execute(
      sql`select actor, role, detail->>'secondFactor' as by from audit_entries where user_id = ${holder.actor.userId} and action = 'session.opened'`,
    );
    expect([...rows]).toEqual([{ actor: holder.actor.label, role: 'support', by: 'app' }]);
  });

  it('answers a session that is signed in', async () => {
    const holder = await newHolder();
    const token = await browser.tokenFor(holder.actor.label);
    const result = await perform(passSecondFactor, { token, code: holder.codeAt(0), userAgent: 'Test' }, browser.context(START));
    const sessionId = result.ok ? result.value.sessionId : null;
    expect(await findSignedIn(browser.context(START), sessionId)).toMatchObject({ email: holder.actor.label });
  });

  it('is not asked of somebody who only began to set one up', async () => {
    await beginAt(portal, customer.stranger, START);
    expect(await browser.typeMailCode(customer.stranger.label)).toHaveProperty('sessionId');
  });

  it('takes the codes of the steps just before and after, and no others', async () => {
    const outcomes: string[] = [];
    for (const steps of [-2, 3, 0, 1]) {
      const holder = await newHolder();
      outcomes.push(await browser.pass(await browser.tokenFor(holder.actor.label), holder.codeAt(steps), stepsLater(1)));
    }
    expect(outcomes).toEqual(['second-factor-code-wrong', 'second-factor-code-wrong', 'signed in', 'signed in']);
  });
});

describe('a code of the app', () => {
  it('of ten tries at once signs in one', async () => {
    const holder = await newHolder();
    const token = await browser.tokenFor(holder.actor.label);
    const code = holder.codeAt(0);
    // No more than that: the lock-out would hold them back before they meet in the database.
    const tries = Array.from({ length: 10 }, () => browser.pass(token, code));
    expect(tally(await Promise.all(tries))).toBe(1);
    expect(await sessionsOf(holder)).toBe(1);
  });

  it('signs in again and again once the database no longer keeps the greatest step (negative control)', async () => {
    const owner = postgres(portal.ownerUrl, { max: 1, onnotice: () => undefined });
    const remember = async () => {
      await owner.unsafe('drop function if exists forget_step() cascade');
    };
    onTestFinished(async () => {
      await remember();
      await owner.end();
    });
    await owner.unsafe(`create function forget_step() returns trigger language plpgsql as
      $$ begin new.greatest_step := old.greatest_step; return new; end $$`);
    await owner.unsafe('create trigger forget_step before update on second_factors for each row execute function forget_step()');
    const holder = await newHolder();
    const outcomes: string[] = [];
    for (let round = 0; round < 3; round += 1)
      outcomes.push(await browser.pass(await browser.tokenFor(holder.actor.label), holder.codeAt(0)));
    await remember();
    expect(tally(outcomes)).toBe(3);
    expect(await browser.pass(await browser.tokenFor(holder.actor.label), holder.codeAt(0))).toBe('signed in');
    expect(await browser.pass(await browser.tokenFor(holder.actor.label), holder.codeAt(0))).toBe('second-factor-code-wrong');
  });

  it('ends with every later one, and with the one that switched the second factor on', async () => {
    const holder = await newHolder();
    const enter = async (steps: number) => browser.pass(await browser.tokenFor(holder.actor.label), holder.codeAt(steps));
    expect(await enter(-1)).toBe('second-factor-code-wrong');
    expect(await enter(1)).toBe('signed in');
    expect(await enter(0)).toBe('second-factor-code-wrong');
    expect(await enter(1)).toBe('second-factor-code-wrong');
  });

  it('signs in or switches off, not both at once', async () => {
    const holder = await newHolder();
    const token = await browser.tokenFor(holder.actor.label);
    const code = holder.codeAt(0);
    const [entered, off] = await Promise.all([
      browser.pass(token, code),
      perform(switchOffSecondFactor, { code }, portal.contextFor(holder.actor, START)),
    ]);
    expect([entered === 'signed in', off.ok].filter(Boolean)).toHaveLength(1);
  });

  it('that is wrong, expired or used is answered in the same words', async () => {
    const holder = await newHolder();
    expect(await browser.pass(await browser.tokenFor(holder.actor.label), holder.codeAt(0))).toBe('signed in');
    const token = await browser.tokenFor(holder.actor.label);
    const answer = (code: string) => perform(passSecondFactor, { token, code, userAgent: '' }, browser.context(START));
    const answers = [wrongTotp(holder.secret, START), holder.codeAt(-9), holder.codeAt(0), 'AAAAA-AAAAA'].map(answer);
    const words = new Set((await Promise.all(answers)).map((one) => JSON.stringify(one)));
    expect([...words]).toEqual([JSON.stringify({ ok: false, rejection: { code: 'second-factor-code-wrong', facts: {} } })]);
  });
});

describe('a recovery code', () => {
  it('signs in once, of many tries at once too, and tells its owner how many are left', async () => {
    const holder = await newHolder();
    const [first = '', second = ''] = holder.recoveryCodes;
    const token = await browser.tokenFor(holder.actor.label);
    const result = await perform(passSecondFactor, { token, code: first.toLowerCase(), userAgent: '' }, browser.context(START));
    expect(result).toMatchObject({ value: { mail: { to: holder.actor.label, what: { kind: 'recovery-code-used', left: 7 } } } });
    const again = await browser.tokenFor(holder.actor.label);
    expect(await browser.pass(again, first)).toBe('second-factor-code-wrong');
    const tries = Array.from({ length: 6 }, () => browser.pass(again, second));
    expect(tally(await Promise.all(tries))).toBe(1);
  });

  it('of somebody else is none', async () => {
    const [mine, theirs] = [await newHolder(), await newHolder()];
    const token = await browser.tokenFor(mine.actor.label);
    expect(await browser.pass(token, theirs.recoveryCodes[0])).toBe('second-factor-code-wrong');
    expect(await browser.pass(await browser.tokenFor(theirs.actor.label), theirs.recoveryCodes[0])).toBe('signed in');
  });
});

describe('a sign-in that waits for the second factor', () => {
  it('goes on in the browser that typed the code from the mail, and in no other', async () => {
    const [holder, other] = [await newHolder(), await newHolder()];
    const token = await browser.tokenFor(holder.actor.label);
    const rows = await portal.db.execute<{ digest: string }>(
      sql`select token_digest as digest from pending_sign_ins where user_id = ${holder.actor.userId}`,
    );
    const forged = [undefined, '', 'x', holder.actor.userId, randomBytes(32).toString('base64url'), [token]];
    const theirs = await browser.tokenFor(other.actor.label);
    for (const one of [...forged, rows[0]?.digest]) {
      expect(await browser.pass(one, holder.codeAt(0))).toBe('second-factor-wait-ended');
    }
    expect(await browser.pass(theirs, holder.codeAt(0))).toBe('second-factor-code-wrong');
    expect(await browser.pass(token, holder.codeAt(0))).toBe('signed in');
  });

  it('ends after ten minutes', async () => {
    const holder = await newHolder();
    const token = await browser.tokenFor(holder.actor.label);
    const [justBefore, then] = [new Date(minutesLater(10).getTime() - 1), minutesLater(10)];
    expect(await done(findWaitingAddress, { token }, browser.context(justBefore))).toBe(holder.actor.label);
    expect(await done(findWaitingAddress, { token }, browser.context(then))).toBeNull();
    expect(await browser.pass(token, holder.codeAt(20), then)).toBe('second-factor-wait-ended');
    expect(await browser.pass(token, holder.codeAt(19), justBefore)).toBe('signed in');
    expect(await browser.pass(token, holder.codeAt(20), justBefore)).toBe('second-factor-wait-ended');
  });

  it('ends when a newer one begins, the person is disabled, or the second factor goes', async () => {
    const holder = await newHolder();
    const older = await browser.tokenFor(holder.actor.label);
    const newer = await browser.tokenFor(holder.actor.label);
    expect(await browser.pass(older, holder.codeAt(0))).toBe('second-factor-wait-ended');
    await portal.db.execute(sql`update users set disabled_at = now() where id = ${holder.actor.userId}`);
    expect(await browser.pass(newer, holder.codeAt(0))).toBe('second-factor-wait-ended');
    await portal.db.execute(sql`update users set disabled_at = null where id = ${holder.actor.userId}`);
    await portal.db.execute(sql`delete from second_factors where user_id = ${holder.actor.userId}`);
    expect(await browser.pass(newer, holder.codeAt(0))).toBe('second-factor-wait-ended');
    expect(await sessionsOf(holder)).toBe(0);
  });
});

describe('guessing', () => {
  it('is over after ten tries, for an hour, also for the right code and after a new mail; others go on', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const [holder, other] = [await newHolder(), await newHolder()];
    const wrong = wrongTotp(holder.secret, START);
    const outcomes: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const token = await browser.tokenFor(holder.actor.label);
      outcomes.push(...(await Promise.all([browser.pass(token, wrong), browser.pass(token, 'AAAAA-AAAAA')])));
    }
    expect(new Set(outcomes)).toEqual(new Set(['second-factor-code-wrong']));
    const token = await browser.tokenFor(holder.actor.label);
    for (const code of [holder.codeAt(0), holder.recoveryCodes[0]])
      expect(await browser.pass(token, code)).toBe('too-many-attempts');
    expect(await browser.pass(await browser.tokenFor(other.actor.label), other.codeAt(0))).toBe('signed in');
    const rows = await portal.db.execute(
      sql`select code from audit_entries where user_id = ${holder.actor.userId} and action = 'second-factor.refused'`,
    );
    expect(rows).toHaveLength(10);
    vi.setSystemTime(Date.now() + 61 * MINUTE_MS);
    expect(await browser.pass(token, holder.codeAt(0))).toBe('signed in');
  });

  it('costs nothing for what cannot be a code', async () => {
    const holder = await newHolder();
    const token = await browser.tokenFor(holder.actor.label);
    const slips = ['', '12345', '1234567', 'ABCDE', undefined, 7, ['a'], 'x'.repeat(500), '١٢٣٤٥٦', '123\u0000456'];
    for (const slip of [...slips, ...slips]) expect(await browser.pass(token, slip)).toBe('second-factor-code-wrong');
    const code = holder.codeAt(0);
    expect(await browser.pass(token, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('signed in');
  });
});
