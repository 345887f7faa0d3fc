import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePerson } from '../actor';
import { perform } from '../operation';
import { showPerson } from '../people/show-people';
import { done } from '../testing/scenes/operator-scene';
import { beginAt, makeBrowser, START, stepsLater, switchOn, totpAt, wrongTotp } from '../testing/scenes/second-factor-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeSupport, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { renewRecoveryCodes, switchOffSecondFactor } from './change-second-factor';
import { resetSecondFactor, resetUserSecondFactor } from './reset-second-factor';
import { findSignedIn } from './session-current';
import { beginSecondFactor, confirmSecondFactor, showSecondFactor } from './set-up-second-factor';

let portal: TestPortal;
let browser: ReturnType<typeof makeBrowser>;

beforeAll(async () => {
  portal = await makeTestPortal();
  browser = makeBrowser(portal);
});
afterAll(() => portal.close());

const at = (actor: TestCustomer['admin'], steps = 0) => portal.contextFor(actor, stepsLater(steps));
const stateOf = async (actor: TestCustomer['admin'], steps = 0) => (await done(showSecondFactor, {}, at(actor, steps))).state;
const userIdOf = (actor: TestCustomer['admin']) => requirePerson(actor).userId;
async function openSession(actor: TestCustomer['admin']): Promise<string> {
  const rows = await portal.db.execute<{ id: string }>(
    sql`insert into sessions (user_id, created_at, last_seen_at, expires_at) values (${userIdOf(actor)}, ${START.toISOString()}::timestamptz,
      ${START.toISOString()}::timestamptz, ${START.toISOString()}::timestamptz + interval '7 days') returning id`,
  );
  return rows[0]?.id ?? '';
}
const isLive = async (sessionId: string) => (await findSignedIn({ db: portal.db, now: START }, sessionId)) !== null;
const actionsOf = async (actor: TestCustomer['admin']) => {
  const rows = await portal.db.execute<{ action: string }>(sql`select action from audit_entries
    where (user_id = ${userIdOf(actor)} or detail->>'personId' = ${userIdOf(actor)}) and action like 'second-factor.%' order by id`);
  return rows.map(({ action }) => action);
};

describe('setting a second factor up', () => {
  it('shows the secret until a right code is typed, and only then counts', async () => {
    const { member } = await makeCustomer(portal);
    expect(await stateOf(member)).toBe('off');
    const secret = await beginAt(portal, member, START);
    expect(await browser.typeMailCode(member.label)).toHaveProperty('sessionId');
    const input = { code: wrongTotp(secret, START), currentSession: randomUUID() };
    const refused = await perform(confirmSecondFactor, input, at(member));
    expect(refused).toMatchObject({ rejection: { code: 'second-factor-code-wrong' } });
    expect(await stateOf(member)).toBe('set-up');
    const made = await done(confirmSecondFactor, { ...input, code: totpAt(secret, START) }, at(member));
    expect(new Set(made.recoveryCodes).size).toBe(8);
    expect(made.mail).toMatchObject({ to: member.label, what: { kind: 'on' } });
    const shown = await done(showSecondFactor, {}, at(member));
    expect(shown).toEqual({ state: 'on', since: START, recoveryCodesLeft: 8 });
    expect(await browser.typeMailCode(member.label)).toHaveProperty('pendingToken');
    expect(await actionsOf(member)).toEqual(['second-factor.begun', 'second-factor.switched-on']);
  });

  it('ends the other sessions of the person, and nobody else’s', async () => {
    const { member, stranger } = await makeCustomer(portal);
    const [mine, elsewhere, theirs] = [await openSession(member), await openSession(member), await openSession(stranger)];
    const code = totpAt(await beginAt(portal, member, START), START);
    await done(confirmSecondFactor, { code, currentSession: mine }, at(member));
    expect([await isLive(mine), await isLive(elsewhere), await isLive(theirs)]).toEqual([true, false, true]);
  });

  it('that was begun anew takes codes of the newest secret only', async () => {
    const { member } = await makeCustomer(portal);
    const older = await beginAt(portal, member, START);
    const newer = await beginAt(portal, member, START);
    const confirm = (secret: string) =>
      perform(confirmSecondFactor, { code: totpAt(secret, START), currentSession: randomUUID() }, at(member));
    expect(newer).not.toBe(older);
    expect(await confirm(older)).toMatchObject({ rejection: { code: 'second-factor-code-wrong' } });
    expect(await confirm(newer)).toMatchObject({ ok: true });
  });

  it('ends after an hour', async () => {
    const { member } = await makeCustomer(portal);
    const secret = await beginAt(portal, member, START);
    expect([await stateOf(member, 119), await stateOf(member, 120)]).toEqual(['set-up', 'off']);
    const input = { code: totpAt(secret, stepsLater(120)), currentSession: randomUUID() };
    const late = await perform(confirmSecondFactor, input, at(member, 120));
    expect(late).toMatchObject({ rejection: { code: 'second-factor-set-up-ended' } });
  });

  it('is refused while one is on, and leaves that as it is', async () => {
    const { actor, codeAt } = await switchOn(portal, (await makeCustomer(portal)).member);
    expect(await perform(beginSecondFactor, {}, at(actor))).toMatchObject({ rejection: { code: 'second-factor-on' } });
    const again = await perform(confirmSecondFactor, { code: codeAt(0), currentSession: randomUUID() }, at(actor));
    expect(again).toMatchObject({ rejection: { code: 'second-factor-on' } });
    expect(await browser.pass(await browser.tokenFor(actor.label), codeAt(0))).toBe('signed in');
  });

  it('by two at once with the same code gives recovery codes to one', async () => {
    const { member } = await makeCustomer(portal);
    const code = totpAt(await beginAt(portal, member, START), START);
    const tries = Array.from({ length: 4 }, () =>
      perform(confirmSecondFactor, { code, currentSession: randomUUID() }, at(member)),
    );
    expect((await Promise.all(tries)).filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('switching off', () => {
  it.each(['app', 'recovery-code'] as const)('takes a code (%s), forgets the secret and is mailed', async (kind) => {
    const { actor, codeAt, secret, recoveryCodes } = await switchOn(portal, (await makeCustomer(portal)).member);
    for (const code of [wrongTotp(secret, START), codeAt(-1), 'AAAAA-AAAAA', '']) {
      const refused = await perform(switchOffSecondFactor, { code }, at(actor));
      expect(refused).toMatchObject({ ok: false, rejection: { code: 'second-factor-code-wrong', facts: {} } });
    }
    const code = kind === 'app' ? codeAt(0) : recoveryCodes[3];
    const { mail } = await done(switchOffSecondFactor, { code }, at(actor));
    expect(mail).toMatchObject({ to: actor.label, what: { kind: 'off' } });
    expect(await portal.db.execute(sql`select from second_factors where user_id = ${actor.userId}`)).toHaveLength(0);
    expect(await browser.typeMailCode(actor.label)).toHaveProperty('sessionId');
    expect((await actionsOf(actor)).at(-1)).toBe('second-factor.switched-off');
    const again = await perform(switchOffSecondFactor, { code }, at(actor));
    expect(again).toMatchObject({ rejection: { code: 'second-factor-off' } });
  });

  it('is locked after ten wrong codes, together with signing in', async () => {
    const { actor, codeAt, secret } = await switchOn(portal, (await makeCustomer(portal)).member);
    const code = wrongTotp(secret, START);
    await Promise.all(Array.from({ length: 10 }, () => perform(switchOffSecondFactor, { code }, at(actor))));
    const locked = await perform(switchOffSecondFactor, { code: codeAt(0) }, at(actor));
    expect(locked).toMatchObject({ rejection: { code: 'too-many-attempts' } });
    expect(await browser.pass(await browser.tokenFor(actor.label), codeAt(0))).toBe('too-many-attempts');
  });
});

describe('new recovery codes', () => {
  it.each(['app', 'recovery-code'] as const)('take a code (%s) and end the old ones', async (kind) => {
    const { actor, codeAt, recoveryCodes } = await switchOn(portal, (await makeCustomer(portal)).member);
    const code = kind === 'app' ? codeAt(0) : recoveryCodes[0];
    const renewed = await done(renewRecoveryCodes, { code, currentSession: randomUUID() }, at(actor));
    expect(renewed.mail.what).toEqual({ kind: 'codes-renewed' });
    const again = await perform(renewRecoveryCodes, { code, currentSession: randomUUID() }, at(actor));
    expect(again).toMatchObject({ rejection: { code: 'second-factor-code-wrong' } });
    const token = await browser.tokenFor(actor.label);
    expect(await browser.pass(token, recoveryCodes[1])).toBe('second-factor-code-wrong');
    expect(await browser.pass(token, renewed.recoveryCodes[0])).toBe('signed in');
    expect(await done(showSecondFactor, {}, at(actor))).toMatchObject({ recoveryCodesLeft: 7 });
  });
});

describe('resetting', () => {
  it('by an administrator signs the person out everywhere and asks for the mail’s code alone', async () => {
    const customer = await makeCustomer(portal);
    const { actor } = await switchOn(portal, customer.member);
    const [session, theirs] = [await openSession(actor), await openSession(customer.stranger)];
    const admin = at(customer.admin);
    expect((await done(showPerson, { personId: actor.userId }, admin)).person.secondFactorAt).toEqual(stepsLater(-1));
    const { mail } = await done(resetSecondFactor, { personId: actor.userId }, admin);
    expect(mail).toMatchObject({ to: actor.label, what: { kind: 'reset', by: customer.admin.label } });
    expect([await isLive(session), await isLive(theirs)]).toEqual([false, true]);
    expect(await browser.typeMailCode(actor.label)).toHaveProperty('sessionId');
    expect((await actionsOf(actor)).at(-1)).toBe('second-factor.reset');
    const again = await perform(resetSecondFactor, { personId: actor.userId }, admin);
    expect(again).toMatchObject({ rejection: { code: 'second-factor-off' } });
  });

  it('is for others only: not oneself, not another customer’s people, not somebody removed', async () => {
    const [customer, other] = [await makeCustomer(portal), await makeCustomer(portal, 'Southgate Works')];
    const [own, foreign, removed] = [customer.admin, other.member, customer.member];
    for (const actor of [own, foreign, removed]) await switchOn(portal, actor);
    await portal.db.execute(sql`update users set disabled_at = now() where id = ${userIdOf(removed)}`);
    const reset = async (actor: TestCustomer['admin']) => {
      const result = await perform(resetSecondFactor, { personId: userIdOf(actor) }, at(customer.admin));
      return result.ok ? 'reset' : result.rejection.code;
    };
    expect(await reset(own)).toBe('own-second-factor');
    expect(await reset(foreign)).toBe('not-found');
    expect(await reset(removed)).toBe('person-removed');
    expect([await stateOf(own), await stateOf(foreign)]).toEqual(['on', 'on']);
  });

  it('by the operator reaches everybody by address, and is written down', async () => {
    const { actor } = await switchOn(portal, await makeSupport(portal));
    const operator = portal.contextFor(OPERATOR, START);
    expect(await done(resetUserSecondFactor, { email: actor.label.toUpperCase() }, operator)).toEqual({ email: actor.label });
    expect(await stateOf(actor)).toBe('off');
    expect((await actionsOf(actor)).at(-1)).toBe('second-factor.reset');
    const again = await perform(resetUserSecondFactor, { email: actor.label }, operator);
    expect(again).toMatchObject({ rejection: { code: 'second-factor-off' } });
    const nobody = await perform(resetUserSecondFactor, { email: 'nobody@example.com' }, operator);
    expect(nobody).toMatchObject({ rejection: { code: 'unknown-name' } });
  });
});

it('keeps neither secret nor codes where they can be read', async () => {
  const { actor, secret, recoveryCodes, codeAt } = await switchOn(portal, (await makeCustomer(portal)).member);
  await browser.pass(await browser.tokenFor(actor.label), codeAt(0));
  await browser.pass(await browser.tokenFor(actor.label), recoveryCodes[0]);
  const rows = await portal.db.execute<{ text: string }>(sql`
    select f::text as text from second_factors f union all select p::text from pending_sign_ins p
    union all select a::text from audit_entries a union all select s::text from sessions s`);
  const text = rows.map((row) => row.text).join('\n');
  const bytes = Buffer.from(totpBytes(secret));
  const written = [secret, codeAt(0), ...recoveryCodes, ...recoveryCodes.map((code) => code.replace('-', ''))];
  for (const one of [...written, bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')])
    expect(text).not.toContain(one);
});

function totpBytes(base32: string): number[] {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32].map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  return (bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2));
}
