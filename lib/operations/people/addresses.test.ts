import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { listAudit } from '../audit/list-audit';
import { perform } from '../operation';
import { addressScene, daysLater, newAddress, START } from '../testing/scenes/address-scene';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeSupport } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { removePerson, resendInvitation } from './change-person';
import { invitePerson } from './invite-person';
import { listPeople, showPerson } from './show-people';

let portal: TestPortal;
let evil: TestCustomer;
let victim: TestCustomer;
let third: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  [evil, victim, third] = [
    await makeCustomer(portal, 'Evil Works'),
    await makeCustomer(portal, 'Victim Works'),
    await makeCustomer(portal, 'Third Works'),
  ];
});

afterAll(() => portal.close());

const { invite, ask, type, signIn, ownerOf, choiceOf, accept, auditOf } = addressScene(() => portal);
const at = (customer: TestCustomer, now = START) => portal.contextFor(customer.admin, now);
const remove = (customer: TestCustomer, personId: string, now = START) => done(removePerson, { personId }, at(customer, now));
/** The audit entries about an address that a reader can see. */
const told = async (email: string, reader: Actor) =>
  (await done(listAudit, {}, portal.contextFor(reader))).rows.filter((row) => JSON.stringify(row).includes(email));

describe('an address that has an account elsewhere', () => {
  /** By how the address is known already. */
  const KNOWN: Record<string, () => Promise<string>> = {
    'is new': async () => newAddress(),
    'has an account at another customer': async () => victim.member.label,
    'is that of an administrator elsewhere': async () => victim.admin.label,
    'belongs to the vendor': async () => (await makeSupport(portal)).label,
    'is invited by another customer': async () => {
      const email = newAddress();
      await invite(victim, email);
      return email;
    },
    'was removed at another customer': async () => {
      const email = newAddress();
      await remove(victim, (await invite(victim, email)).personId);
      return email;
    },
  };

  /** Everything that the inviter can see of it, without the id and address of the person. */
  async function seenAfterInviting(email: string): Promise<string> {
    const context = at(evil);
    const result = await perform(invitePerson, { email, name: 'New Colleague', role: 'member' }, context);
    if (!result.ok) return JSON.stringify(result);
    const { personId, mail } = result.value;
    const { elsewhere: _, ...restOfMail } = mail;
    const shown = await done(showPerson, { personId, search: '' }, context);
    const listed = await done(listPeople, { search: email }, context);
    const audit = await told(email, evil.admin);
    const resent = await perform(invitePerson, { email, name: 'Again', role: 'member' }, context);
    const seen = { result: { personId, mail: restOfMail }, shown, listed, audit: audit.map(({ id: _id, ...row }) => row) };
    return JSON.stringify({ ...seen, resent: { ...resent, troubleCode: null } })
      .replaceAll(personId, 'PERSON')
      .replaceAll(email, 'ADDRESS');
  }

  it.each(Object.keys(KNOWN))('is invited like any other when it %s: the inviter learns nothing', async (known) => {
    const [seen, control] = [await seenAfterInviting((await KNOWN[known]?.()) ?? ''), await seenAfterInviting(newAddress())];
    expect(seen).toBe(control);
  });

  it('can be invited though others have invited it as often as they may', async () => {
    const email = newAddress();
    const { personId } = await invite(evil, email);
    for (let count = 0; count < 5; count += 1) await perform(resendInvitation, { personId }, at(evil));
    expect(await perform(resendInvitation, { personId }, at(evil))).toMatchObject({ rejection: { code: 'too-many-attempts' } });
    expect((await invite(victim, email)).mail.to).toBe(email);
  });

  it('stays where it is: signing in leads to its own customer, and the invitation waits', async () => {
    const email = newAddress();
    const first = await invite(victim, email);
    expect(await ownerOf(await signIn(email))).toBe(victim.id);
    const second = await invite(evil, email);
    expect(second.mail.elsewhere).toBe('Victim Works');
    const asked = await ask(email);
    expect(asked.mail?.invitedBy).toEqual([]);
    expect(await ownerOf(await type(asked))).toBe(victim.id);
    const { person } = await done(showPerson, { personId: second.personId, search: '' }, at(evil));
    expect(person).toMatchObject({ joinedAt: null, firstSignInAt: null, lastSignInAt: null });
    expect(first.mail.elsewhere).toBeNull();
  });

  it('is told to support, by name, and to no customer', async () => {
    const email = newAddress();
    await invite(victim, email);
    await signIn(email);
    await invite(evil, email);
    const support = await makeSupport(portal);
    const shared = (await told(email, support)).filter(({ action }) => action === 'person.address-shared');
    expect(shared).toMatchObject([
      { actor: evil.admin.label, detail: { email, customer: evil.code, others: [victim.code] }, customerName: null },
    ]);
    for (const { admin } of [evil, victim])
      expect((await told(email, admin)).map(({ action }) => action)).not.toContain('person.address-shared');
  });

  it('is shown to support with all that have it, and to administrators as if it were the only one', async () => {
    const email = newAddress();
    const [first, second] = [await invite(victim, email), await invite(evil, email)];
    const show = async (reader: Actor) =>
      (await done(showPerson, { personId: second.personId, search: '' }, portal.contextFor(reader))).others;
    expect(await show(await makeSupport(portal))).toMatchObject([{ id: first.personId, customerName: 'Victim Works' }]);
    expect(await show(evil.admin)).toEqual([]);
  });

  it('is free for others once it was removed', async () => {
    const email = newAddress();
    const { personId } = await invite(evil, email);
    expect(await ownerOf(await signIn(email))).toBe(evil.id);
    await remove(evil, personId);
    await invite(victim, email);
    expect(await ownerOf(await signIn(email))).toBe(victim.id);
    expect(await auditOf(email, victim.id)).toEqual(['person.invited', 'person.joined', 'session.opened']);
  });

  it('can be one active account only, in the database too', async () => {
    const email = newAddress();
    await invite(evil, email);
    await invite(victim, email);
    const join = portal.db.execute(sql`update users set joined_at = now() where email = ${email}`);
    await expect(join).rejects.toMatchObject({ cause: { code: '23505', constraint_name: 'users_address' } });
  });
});

describe('the first sign-in of somebody who was invited', () => {
  it('accepts the one invitation there is, which the mail with the code names', async () => {
    const email = newAddress();
    const { personId } = await invite(victim, email);
    const asked = await ask(email);
    expect(asked.mail?.invitedBy).toEqual(['Victim Works']);
    expect(await ownerOf(await type(asked))).toBe(victim.id);
    const { person } = await done(showPerson, { personId, search: '' }, at(victim));
    expect(person.joinedAt).toEqual(START);
    expect((await ask(email)).mail?.invitedBy).toEqual([]);
  });

  it('asks whose invitation is accepted where there are several: nobody takes an address away by being first', async () => {
    const email = newAddress();
    await invite(evil, email, { now: START });
    await invite(third, email, { now: daysLater(0.1) });
    const right = await invite(victim, email, { now: daysLater(0.2) });
    const later = daysLater(1);
    const asked = await ask(email, later);
    expect(asked.mail?.invitedBy).toEqual(['Evil Works', 'Third Works', 'Victim Works']);
    const outcome = await type(asked, later);
    expect(await ownerOf(outcome)).toBe('choice');
    const { token, choice } = await choiceOf(outcome, later);
    expect(choice).toMatchObject({
      email,
      invitations: [{ customerName: 'Victim Works', invitedBy: victim.admin.label }, {}, {}],
    });
    const accepted = await accept(token, right.personId, later);
    expect(accepted.ok && (await ownerOf(accepted.value))).toBe(victim.id);
    expect(await auditOf(email, victim.id)).toEqual(['person.invited', 'person.joined', 'session.opened']);
    expect(await auditOf(email, evil.id)).toEqual(['person.invited']);
    expect(await ownerOf(await signIn(email, daysLater(2)))).toBe(victim.id);
  });

  it('accepts what its own address was invited to, once, in its own browser', async () => {
    const [email, another] = [newAddress(), newAddress()];
    const first = await invite(evil, email);
    const second = await invite(victim, email);
    const foreign = await invite(third, another);
    const open = async () => choiceOf(await signIn(email));
    const { token } = await open();
    for (const odd of [foreign.personId, 'x', null, '', crypto.randomUUID()]) {
      const again = await open();
      expect(await accept(again.token, odd)).toMatchObject({ rejection: { code: 'invitation-ended' } });
      await portal.db.execute(sql`delete from rate_limits`);
    }
    expect(await accept(token, first.personId)).toMatchObject({ rejection: { code: 'invitation-ended' } });
    const last = await open();
    expect(await accept('a'.repeat(43), second.personId)).toMatchObject({ rejection: { code: 'invitation-ended' } });
    expect(await accept(last.token, second.personId, daysLater(0.01))).toMatchObject({ rejection: { code: 'invitation-ended' } });
    expect(await accept(last.token, second.personId)).toMatchObject({ ok: true });
    expect(await accept(last.token, first.personId)).toMatchObject({ rejection: { code: 'invitation-ended' } });
    expect((await choiceOf({ pendingToken: last.token, waitsFor: 'choice' })).choice).toBeNull();
  });

  it('does not accept another invitation than the mail named', async () => {
    const email = newAddress();
    const { personId } = await invite(victim, email);
    const asked = await ask(email);
    await remove(victim, personId);
    await invite(evil, email);
    expect(await type(asked)).toEqual({ refused: 'sign-in-code-wrong' });
    expect(await ownerOf(await signIn(email, daysLater(0.1)))).toBe(evil.id);
  });

  it('passes no second factor with what waits for a choice', async () => {
    const email = newAddress();
    await invite(evil, email);
    await invite(victim, email);
    const outcome = await signIn(email);
    expect(outcome).toMatchObject({ waitsFor: 'choice' });
    const rows = await portal.db.execute(sql`select from sessions s join users u on u.id = s.user_id where u.email = ${email}`);
    expect(rows).toHaveLength(0);
  });
});
