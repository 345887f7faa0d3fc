import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdLock } from '@/db/testing/hold-lock';
import { perform } from '../operation';
import { addressScene, daysLater, newAddress, START } from '../testing/scenes/address-scene';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { removePerson } from './change-person';
import { expireInvitations } from './expire-invitations';
import { invitePerson } from './invite-person';

let portal: TestPortal;
let one: TestCustomer;
let other: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal({ connections: 8 });
  [one, other] = [await makeCustomer(portal, 'Northgate Works'), await makeCustomer(portal, 'Southgate Works')];
});

afterAll(() => portal.close());

const { invite, ask, type, signIn, ownerOf, choiceOf, accept, auditOf } = addressScene(() => portal);

async function tryInvite({ admin }: TestCustomer, email: string): Promise<string> {
  const input = { email, name: 'New Colleague', role: 'member' };
  const result = await perform(invitePerson, input, portal.contextFor(admin, START));
  return result.ok ? 'invited' : result.rejection.code;
}
async function tryRemove({ admin }: TestCustomer, personId: string): Promise<string> {
  const result = await perform(removePerson, { personId }, portal.contextFor(admin, START));
  return result.ok ? 'removed' : result.rejection.code;
}
async function rowsOf(email: string) {
  return portal.db.execute<{ active: boolean; removed: boolean; joined: boolean; sessions: number }>(sql`
    select active, disabled_at is not null as removed, joined_at is not null as joined,
      (select count(*)::integer from sessions s where s.user_id = u.id and s.ended_at is null) as sessions
    from users u where email = ${email} order by active desc`);
}
/** Holds the lock on a person's row, as a removal does while it runs. */
const holdRemoved = (personId: string) =>
  holdLock(portal.ownerUrl, `update users set disabled_at = now() where id = '${personId}'`);

describe('two customers that invite one address at once', () => {
  it('both do, and support is told once: the second sees the first', async () => {
    const email = newAddress();
    const held = await holdLock(portal.ownerUrl, `select pg_advisory_xact_lock(hashtextextended('address ${email}', 0))`);
    const invited = [tryInvite(one, email), tryInvite(other, email)];
    await held.waiting(2);
    await held.letGo();
    expect(await Promise.all(invited)).toEqual(['invited', 'invited']);
    expect(await rowsOf(email)).toHaveLength(2);
    expect(await auditOf(email, null)).toEqual(['person.address-shared']);
  });

  it('do so as many as they are, and of one customer one comes through', async () => {
    const email = newAddress();
    const customers = await Promise.all(Array.from({ length: 5 }, () => makeCustomer(portal)));
    const answers = await Promise.all([...customers, ...customers].map((customer) => tryInvite(customer, email)));
    expect(answers.filter((answer) => answer === 'invited')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'already-exists')).toHaveLength(5);
    expect(await auditOf(email, null)).toHaveLength(4);
  });
});

describe('inviting somebody again while they are removed', () => {
  it.each(Array.from({ length: 6 }, (_, round) => round))('ends as one or the other (round %i)', async () => {
    const email = newAddress();
    const { personId } = await invite(one, email);
    await signIn(email);
    const held = await holdLock(portal.ownerUrl, `select from users where id = '${personId}' for update`);
    const acts = [tryRemove(one, personId), tryInvite(one, email)];
    await held.waiting(2);
    await held.letGo();
    const [removal, invitation] = await Promise.all(acts);
    expect(removal).toBe('removed');
    const [row] = await rowsOf(email);
    if (invitation === 'invited') expect(row).toEqual({ active: false, removed: false, joined: false, sessions: 0 });
    else expect([invitation, row]).toEqual(['already-exists', { active: false, removed: true, joined: true, sessions: 0 }]);
  });
});

describe('signing in while being removed', () => {
  it('opens no session, neither to an account nor with an invitation', async () => {
    for (const hasJoined of [true, false]) {
      const email = newAddress();
      const { personId } = await invite(one, email);
      if (hasJoined) await signIn(email);
      await portal.db.execute(sql`delete from sessions where user_id = ${personId}`);
      const asked = await ask(email);
      const held = await holdRemoved(personId);
      const typed = type(asked);
      await held.waiting(1);
      await held.letGo();
      expect(await typed).toHaveProperty('refused');
      const rows = await portal.db.execute(sql`select from sessions where user_id = ${personId}`);
      expect(rows).toHaveLength(0);
      expect(await rowsOf(email)).toMatchObject([{ active: false, joined: hasJoined }]);
    }
  });

  it('accepts no invitation that is taken back at this moment, and leaves the others', async () => {
    const email = newAddress();
    const { personId } = await invite(one, email);
    await invite(other, email);
    const { token } = await choiceOf(await signIn(email));
    const held = await holdRemoved(personId);
    const accepted = accept(token, personId);
    await held.waiting(1);
    await held.letGo();
    expect(await accepted).toMatchObject({ rejection: { code: 'invitation-ended' } });
    expect(await ownerOf(await signIn(email))).toBe(other.id);
  });

  it('leaves an invitation that is accepted while it runs out either joined or gone', async () => {
    const email = newAddress();
    const { personId } = await invite(one, email);
    const asked = await ask(email, new Date(daysLater(14).getTime() - 60_000));
    const held = await holdLock(portal.ownerUrl, `select from users where id = '${personId}' for update`);
    const typed = type(asked, new Date(daysLater(14).getTime() - 1));
    await held.waiting(1);
    await done(expireInvitations, {}, portal.contextFor(OPERATOR, daysLater(14)));
    await held.letGo();
    expect(await ownerOf(await typed)).toBe(one.id);
    await done(expireInvitations, {}, portal.contextFor(OPERATOR, daysLater(14)));
    expect(await rowsOf(email)).toEqual([{ active: true, removed: false, joined: true, sessions: 1 }]);
  });
});

describe('two browsers of one person', () => {
  it('that accept different invitations at once: one account becomes active', async () => {
    const email = newAddress();
    const [first, second] = [await invite(one, email), await invite(other, email)];
    const { token } = await choiceOf(await signIn(email));
    const answers = await Promise.all([accept(token, first.personId), accept(token, second.personId)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await rowsOf(email)).map(({ active }) => active)).toEqual([true, false]);
  });

  it('of which one types a code for an invitation when another account of the address becomes active: it opens no session', async () => {
    const email = newAddress();
    const first = await invite(one, email);
    const asked = await ask(email);
    const id = randomUUID();
    const held = await holdLock(
      portal.ownerUrl,
      `insert into users (id, email, name, role, customer_id) values ('${id}', '${email}', 'x', 'member', '${other.id}')`,
    );
    const typed = type(asked);
    await held.waiting(1);
    await held.letGo();
    expect(await typed).toEqual({ refused: 'sign-in-code-ended' });
    const rows = await portal.db.execute(sql`select from sessions where user_id in (${first.personId}, ${id})`);
    expect(rows).toHaveLength(0);
    expect(await ownerOf(await signIn(email))).toBe(other.id);
  });
});
