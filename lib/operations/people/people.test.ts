import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { userIdOf } from '../actor';
import type { OperationContext } from '../context';
import { perform } from '../operation';
import { findSignedIn } from '../sign-in/session-current';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeMember, makeSupport, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { assignPerson } from './assign-person';
import { changeRole, removePerson, resendInvitation } from './change-person';
import { recordInvitationMail } from './invitation-mail';
import type { Invited } from './invite-person';
import { invitePerson } from './invite-person';
import { showPerson } from './show-people';

let portal: TestPortal;
let customer: TestCustomer;
let other: TestCustomer;
let asAdmin: OperationContext;
let asSupport: OperationContext;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  other = await makeCustomer(portal, 'Southgate Works');
  asAdmin = portal.contextFor(customer.admin);
  asSupport = portal.contextFor(await makeSupport(portal));
});

afterAll(() => portal.close());

const newAddress = () => `${randomUUID()}@example.com`;
const invite = (input: object, context = asAdmin) =>
  perform(invitePerson, { email: newAddress(), name: 'New Colleague', role: 'member', ...input }, context);
const invited = (input: object = {}, context = asAdmin): Promise<Invited> =>
  done(invitePerson, { email: newAddress(), name: 'New Colleague', role: 'member', ...input }, context);
const person = async (personId: string) => (await done(showPerson, { personId }, asSupport)).person;
const auditOf = async (personId: string) => {
  const rows = await portal.db.execute<{ action: string }>(
    sql`select action from audit_entries where detail->>'personId' = ${personId} order by id`,
  );
  return rows.map((row) => row.action);
};
async function openSession(userId: string): Promise<string> {
  const rows = await portal.db.execute<{ id: string }>(
    sql`insert into sessions (user_id, created_at, expires_at) values (${userId}, clock_timestamp(), now() + interval '1 day') returning id`,
  );
  return rows[0]?.id ?? '';
}
/** Goes up when an entitlement is taken away, so that decisions made before do not hold. */
async function revisionOf(entitlementId: string): Promise<number> {
  const rows = await portal.db.execute<{ revision: number }>(sql`select revision from entitlements where id = ${entitlementId}`);
  return rows[0]?.revision ?? 0;
}
/** Everything stored about people, without refused attempts. */
async function everything(): Promise<unknown> {
  const rows = await portal.db.execute(sql`select (select count(*) from audit_entries where code is null) as audit,
    (select md5(string_agg(u::text, ',' order by id)) from users u) as users, (select count(*) from entitlement_assignments) as assignments`);
  return rows[0];
}

/** Runs an act that must change nothing but the audit. @returns the refused attempts recorded by it */
async function refusedSince(before: unknown, act: () => Promise<unknown>) {
  const { audit: _, ...rest } = z.record(z.string(), z.unknown()).parse(before);
  const [newest] = await portal.db.execute<{ id: string }>(sql`select max(id) as id from audit_entries`);
  await act();
  expect(await everything()).toMatchObject(rest);
  const rows = await portal.db.execute<{ action: string; code: string; customer_id: string; email: string }>(
    sql`select action, code, customer_id, detail->>'email' as email from audit_entries where id > ${newest?.id ?? 0} order by id`,
  );
  return [...rows];
}

describe('an invitation', () => {
  it('makes a person of the own customer, with one audit row, who has nothing assigned', async () => {
    const { personId, mail } = await invited({ email: ' Nora@Example.COM ', name: 'Nora' });
    expect(mail).toMatchObject({ to: 'nora@example.com', name: 'Nora', customerName: 'Northgate Works' });
    expect(await person(personId)).toMatchObject({ customerId: customer.id, role: 'member', assigned: 0, mail: null });
    expect(await auditOf(personId)).toEqual(['person.invited']);
  });

  it.each(['support', 'operator', '', 'MEMBER'])('cannot make a %j', async (role) => {
    const before = await everything();
    expect(await invite({ role })).toMatchObject({ rejection: { code: 'input-refused' } });
    expect(await everything()).toEqual(before);
  });

  it('to another customer is, for an administrator, as if there were no such customer', async () => {
    const email = newAddress();
    const written = await refusedSince(await everything(), async () => {
      expect(await invite({ email, customer: other.code })).toMatchObject({ rejection: { code: 'unknown-name' } });
      expect(await invite({ email, customer: 'nobody' })).toMatchObject({ rejection: { code: 'unknown-name' } });
    });
    const told = { action: 'person.invitation-refused', code: 'unknown-name', customer_id: customer.id, email };
    expect(written).toEqual([told, told]);
  });

  it('of support goes to the customer it names', async () => {
    const { personId } = await invited({ customer: other.code }, asSupport);
    expect((await person(personId)).customerId).toBe(other.id);
    expect(await invite({}, asSupport)).toMatchObject({ rejection: { code: 'input-refused' } });
  });

  it('to somebody who is there already says so', async () => {
    expect(await invite({ email: customer.member.label })).toMatchObject({ rejection: { code: 'already-exists' } });
  });

  it('of one address by many at once makes one person', async () => {
    const email = newAddress();
    const results = await Promise.all(Array.from({ length: 4 }, () => invite({ email })));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });

  it('to one address is sent five times an hour at most', async () => {
    const { personId } = await invited();
    for (let round = 0; round < 4; round += 1) await done(resendInvitation, { personId }, asAdmin);
    const result = await perform(resendInvitation, { personId }, asAdmin);
    expect(result).toMatchObject({ rejection: { code: 'too-many-attempts' } });
    expect((await auditOf(personId)).at(-1)).toBe('person.invitation-refused');
  });

  it('keeps what the mail server said, of the newest one only', async () => {
    const first = await invited();
    const { personId } = first;
    await done(
      recordInvitationMail,
      { mail: first.mail, outcome: 'refused', answer: '550 5.1.1\r\nno such user' },
      portal.contextFor(OPERATOR),
    );
    expect(await person(personId)).toMatchObject({ mail: 'refused', mailAnswer: '550 5.1.1 no such user' });
    const second = await done(resendInvitation, { personId }, asAdmin);
    expect(await person(personId)).toMatchObject({ mail: null, mailAnswer: null });
    await done(recordInvitationMail, { mail: first.mail, outcome: 'refused', answer: 'late' }, portal.contextFor(OPERATOR));
    expect(await person(personId)).toMatchObject({ mail: null });
    await done(
      recordInvitationMail,
      { mail: second.mail, outcome: 'accepted', answer: '250 taken' },
      portal.contextFor(OPERATOR),
    );
    expect(await person(personId)).toMatchObject({ mail: 'accepted', mailAnswer: '250 taken' });
    const mailed = ['person.invited', 'person.mail-refused', 'person.invited-again', 'person.mail-accepted'];
    expect(await auditOf(personId)).toEqual(mailed);
  });

  it('is not sent again to somebody who has signed in', async () => {
    const { personId } = await invited();
    await openSession(personId);
    expect(await perform(resendInvitation, { personId }, asAdmin)).toMatchObject({ rejection: { code: 'already-signed-in' } });
  });
});

describe('somebody removed', () => {
  it('is signed out at once, has nothing assigned, and the neighbours are as they were', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const [personId, neighbour] = [await makeMember(portal, customer), await makeMember(portal, customer)];
    for (const id of [personId, neighbour]) await done(assignPerson, { personId: id, assign: [entitlement.id] }, asAdmin);
    const [session, theirs] = [await openSession(personId), await openSession(neighbour)];
    expect(await done(removePerson, { personId }, asAdmin)).toMatchObject({ changed: true });
    expect(await findSignedIn(asAdmin, session)).toBeNull();
    expect(await findSignedIn(asAdmin, theirs)).not.toBeNull();
    expect([(await person(personId)).assigned, (await person(neighbour)).assigned]).toEqual([0, 1]);
    const rows = await portal.db.execute<{ detail: unknown }>(
      sql`select detail from audit_entries where action = 'person.removed' and detail->>'personId' = ${personId}`,
    );
    expect(rows).toMatchObject([{ detail: { sessionsEnded: 1, entitlements: [entitlement.id] } }]);
    expect(await revisionOf(entitlement.id)).toBe(2);
    expect(await perform(removePerson, { personId }, asAdmin)).toMatchObject({ rejection: { code: 'person-removed' } });
    expect(await perform(assignPerson, { personId, assign: [entitlement.id] }, asAdmin)).toMatchObject({
      rejection: { code: 'person-removed' },
    });
  });

  it('comes back by a new invitation, with nothing assigned and no old session', async () => {
    const { personId, mail } = await invited({ role: 'customer_admin' });
    await done(removePerson, { personId }, asAdmin);
    const left = await openSession(personId);
    const again = await invited({ email: mail.to, name: 'Back Again' });
    expect(again.personId).toBe(personId);
    expect(await person(personId)).toMatchObject({ role: 'member', name: 'Back Again', removedAt: null, firstSignInAt: null });
    expect(await findSignedIn(asAdmin, left)).toBeNull();
  });
});

describe('assigning', () => {
  it('gives and takes at once, with an audit row for each entitlement that changed', async () => {
    const [one, two] = [await makeEntitlement(portal, customer), await makeEntitlement(portal, customer)];
    const personId = await makeMember(portal, customer);
    expect(await done(assignPerson, { personId, assign: [one.id, one.id] }, asAdmin)).toEqual({ changed: 1 });
    expect(await done(assignPerson, { personId, assign: [two.id], unassign: [one.id] }, asAdmin)).toEqual({ changed: 2 });
    expect(await done(assignPerson, { personId, assign: [two.id], unassign: [one.id] }, asAdmin)).toEqual({ changed: 0 });
    expect([await revisionOf(one.id), await revisionOf(two.id)]).toEqual([2, 1]);
    const { email } = await person(personId);
    const rows = await portal.db.execute(sql`select action, entitlement_id, detail, customer_id from audit_entries
      where entitlement_id in (${one.id}, ${two.id}) order by action, id`);
    const told = { detail: { people: [email] }, customer_id: customer.id };
    expect([...rows]).toEqual([
      { action: 'entitlement.assigned', entitlement_id: one.id, ...told },
      { action: 'entitlement.assigned', entitlement_id: two.id, ...told },
      { action: 'entitlement.unassigned', entitlement_id: one.id, ...told },
    ]);
  });

  it('of an entitlement of another customer changes nothing, and answers as for one that is not there', async () => {
    const [own, foreign] = [await makeEntitlement(portal, customer), await makeEntitlement(portal, other)];
    const personId = await makeMember(portal, customer);
    const before = await everything();
    for (const id of [foreign.id, randomUUID()]) {
      const result = await perform(assignPerson, { personId, assign: [own.id, id] }, asAdmin);
      expect(result).toMatchObject({ ok: false, rejection: { code: 'not-found', facts: {} } });
    }
    expect(await everything()).toEqual(before);
  });
});

describe('a role', () => {
  it('of support is nothing an administrator can give', async () => {
    const personId = await makeMember(portal, customer);
    expect(await perform(changeRole, { personId, role: 'support' }, asAdmin)).toMatchObject({
      rejection: { code: 'input-refused' },
    });
  });

  it('of oneself stays, also for support, whose accounts are not among the people', async () => {
    for (const context of [asAdmin, asSupport]) {
      const personId = (context.actor && userIdOf(context.actor)) ?? '';
      const result = await perform(changeRole, { personId, role: 'member' }, context);
      expect(result).toMatchObject({ rejection: { code: context === asAdmin ? 'own-role' : 'not-found' } });
      expect(await auditOf(personId)).toEqual(context === asAdmin ? ['person.change-refused'] : []);
    }
  });

  it('that somebody has already is no change and leaves no trace', async () => {
    const personId = await makeMember(portal, customer);
    expect(await done(changeRole, { personId, role: 'member' }, asAdmin)).toMatchObject({ changed: false });
    expect(await auditOf(personId)).toEqual([]);
  });
});
