import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePerson } from '../actor';
import { perform } from '../operation';
import { addressScene, daysLater, newAddress, START } from '../testing/scenes/address-scene';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { assignPerson } from './assign-person';
import { removePerson } from './change-person';
import { expireInvitations } from './expire-invitations';
import { showPerson } from './show-people';

let portal: TestPortal;
let evil: TestCustomer;
let victim: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  [evil, victim] = [await makeCustomer(portal, 'Evil Works'), await makeCustomer(portal, 'Victim Works')];
});

afterAll(() => portal.close());

const { invite, ask, type, signIn, ownerOf, auditOf } = addressScene(() => portal);
const at = (customer: TestCustomer, now = START) => portal.contextFor(customer.admin, now);
const expire = (now: Date) => done(expireInvitations, {}, portal.contextFor(OPERATOR, now));

describe('an invitation that nobody accepts', () => {
  it('runs out after 14 days, to the second, whether or not that was written down', async () => {
    const email = newAddress();
    const { personId } = await invite(victim, email);
    const justBefore = new Date(daysLater(14).getTime() - 1);
    const asked = await ask(email, new Date(justBefore.getTime() - 60_000));
    expect(asked.mail).not.toBeNull();
    expect(await type(asked, daysLater(14))).toEqual({ refused: 'sign-in-code-wrong' });
    const other = newAddress();
    await invite(victim, other);
    expect(await ownerOf(await type(await ask(other, new Date(justBefore.getTime() - 60_000)), justBefore))).toBe(victim.id);
    expect((await ask(email, daysLater(14))).mail).toBeNull();
    const { person } = await done(showPerson, { personId, search: '' }, at(victim));
    expect(person.joinedAt).toBeNull();
  });

  it('takes what was prepared with it, once, and leaves the others alone', async () => {
    const [email, joinedEmail, youngEmail] = [newAddress(), newAddress(), newAddress()];
    const entitlement = await makeEntitlement(portal, victim);
    const old = await invite(victim, email);
    const joined = await invite(victim, joinedEmail);
    await signIn(joinedEmail);
    const young = await invite(victim, youngEmail, { now: daysLater(1) });
    for (const { personId } of [old, joined, young]) await done(assignPerson, { personId, assign: [entitlement.id] }, at(victim));
    await expire(daysLater(14));
    await expire(daysLater(14));
    const assigned = async (personId: string) => (await done(showPerson, { personId, search: '' }, at(victim))).person;
    expect(await assigned(old.personId)).toMatchObject({ assigned: 0, removedAt: daysLater(14) });
    expect(await assigned(joined.personId)).toMatchObject({ assigned: 1, removedAt: null });
    expect(await assigned(young.personId)).toMatchObject({ assigned: 1, removedAt: null });
    expect(await auditOf(email, victim.id)).toEqual(['person.invited', 'person.invitation-ran-out']);
    const [row] = await portal.db.execute<{ revision: number }>(
      sql`select revision from entitlements where id = ${entitlement.id}`,
    );
    expect(row?.revision).toBe(2);
    expect(await ownerOf(await signIn(joinedEmail, daysLater(100)))).toBe(victim.id);
  });

  it.each([true, false])('can be made anew, with nothing assigned (written down before: %s)', async (isWritten) => {
    const email = newAddress();
    const entitlement = await makeEntitlement(portal, victim);
    const { personId } = await invite(victim, email);
    await done(assignPerson, { personId, assign: [entitlement.id] }, at(victim));
    const late = daysLater(15);
    if (isWritten) await expire(late);
    const again = await invite(victim, email, { now: late });
    expect(again.personId).toBe(personId);
    const { person } = await done(showPerson, { personId, search: '' }, at(victim));
    expect(person).toMatchObject({ assigned: 0, removedAt: null, joinedAt: null });
    expect(await ownerOf(await signIn(email, late))).toBe(victim.id);
  });

  it('is no collision any more, and no administrator that has to stay or that could answer', async () => {
    const email = newAddress();
    await invite(evil, email, { role: 'customer_admin' });
    await invite(victim, email, { now: daysLater(14) });
    expect(await auditOf(email, null)).toEqual([]);
    const waiting = await makeCustomer(portal, 'Fourth Works');
    const { personId } = await invite(waiting, newAddress(), { role: 'customer_admin' });
    const removeSelf = perform(removePerson, { personId: requirePerson(waiting.admin).userId }, at(waiting));
    expect(await removeSelf).toMatchObject({ rejection: { code: 'last-admin' } });
    expect(await done(removePerson, { personId }, at(waiting))).toMatchObject({ changed: true });
  });
});
