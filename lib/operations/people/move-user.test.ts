import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyExport } from '@/lib/signing/audit/verify-export';
import { requirePerson } from '../actor';
import { exportAudit } from '../audit/export-audit';
import { listAudit } from '../audit/list-audit';
import { sealUpToNow } from '../audit/seal-audit';
import { openClaim } from '../claims/open-claim';
import { perform } from '../operation';
import { searchEverything } from '../support/search-everything';
import { activationOf, exchange } from '../testing/exchange';
import { addressScene, newAddress } from '../testing/scenes/address-scene';
import { done } from '../testing/scenes/operator-scene';
import { switchOn } from '../testing/scenes/second-factor-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport, needApproval, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { changeRole } from './change-person';
import { createUser } from './create-user';
import { findPerson, listUsers } from './list-people';
import { deleteUser, moveUser } from './move-user';
import { listPeople, showPerson } from './show-people';

let portal: TestPortal;
let from: TestCustomer;
let to: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
});

afterAll(() => portal.close());

const { invite, signIn, ownerOf } = addressScene(() => portal);
const asOperator = () => portal.contextFor(OPERATOR);

async function makePair(): Promise<void> {
  [from, to] = [await makeCustomer(portal, 'Northgate Works'), await makeCustomer(portal, 'Southgate Works')];
}
const move = (email: string, more: object = {}) => perform(moveUser, { email, customer: to.code, ...more }, asOperator());
const codeOf = (result: { ok: boolean; rejection?: { code: string } }) => (result.ok ? 'done' : result.rejection?.code);

/** A member with everything that can reference a person: a seat, a claim on it, a mail about it, a reminder, a session and a second factor. */
async function makeBusy({ member, admin }: TestCustomer) {
  const person = requirePerson(member);
  const entitlement = await makeEntitlement(portal, from);
  await needApproval(portal, entitlement.id);
  const device = await makeDevice(portal, entitlement);
  const answered = await exchange(portal.contextFor(member), await device.request());
  const activationId = await activationOf(portal, answered);
  await done(openClaim, { activationId, reason: 'lost' }, portal.contextFor(member));
  await portal.db.execute(sql`insert into claim_mails (claim_id, user_id, tells, wanted_at, claimed_at)
    select id, ${person.userId}, 'closed', now(), now() from claims where claimant_id = ${person.userId}`);
  await portal.db.execute(sql`insert into lease_reminders (customer_id, user_id, activation_id, lease_sequence, days, claimed_at)
    values (${from.id}, ${person.userId}, ${activationId}, 1, 30, now())`);
  await portal.db.execute(sql`insert into reminder_settings values (${person.userId}, '{7}', true)`);
  await switchOn(portal, member);
  await portal.db.execute(sql`insert into sessions (user_id, expires_at) values (${person.userId}, now() + interval '1 day')`);
  return { email: member.label, personId: person.userId, admin, entitlementId: entitlement.id, activationId };
}

describe('moving somebody', () => {
  it('gives them an account at the other customer, and leaves what they did where they did it', async () => {
    await makePair();
    const { email, personId } = await makeBusy(from);
    const moved = await done(moveUser, { email, customer: to.code }, asOperator());
    expect(moved).toEqual({ id: moved.id, email, from: from.code, to: to.code, isWithoutAdmin: false });
    expect(await ownerOf(await signIn(email))).toBe(to.id);
    const show = async (customer: TestCustomer, id: string) =>
      (await done(showPerson, { personId: id, search: '' }, portal.contextFor(customer.admin))).person;
    expect(await show(from, personId)).toMatchObject({ email, assigned: 0, secondFactorAt: null, removedAt: expect.any(Date) });
    expect(await show(to, moved.id)).toMatchObject({ email, role: 'member', assigned: 0, removedAt: null });
    const live = await portal.db.execute(sql`select from sessions where user_id = ${personId} and ended_at is null`);
    expect(live).toHaveLength(0);
    const claims = await portal.db.execute(sql`select from claims where claimant_id = ${personId}`);
    expect(claims).toHaveLength(1);
  });

  it('is in the audit of both, and neither learns of the other', async () => {
    await makePair();
    await done(moveUser, { email: from.member.label, customer: to.code, role: 'customer_admin' }, asOperator());
    const toldTo = async ({ admin }: TestCustomer) => {
      const { rows } = await done(listAudit, { kind: 'people' }, portal.contextFor(admin));
      return rows.map(({ action, detail }) => [action, JSON.stringify(detail)] as const);
    };
    const [[left, leftDetail] = ['', '']] = await toldTo(from);
    const [[came, cameDetail] = ['', '']] = await toldTo(to);
    expect([left, came]).toEqual(['user.moved-away', 'user.moved-here']);
    for (const secret of [to.id, to.code, 'Southgate']) expect(leftDetail).not.toContain(secret);
    for (const secret of [from.id, 'Northgate']) expect(cameDetail).not.toContain(secret);
  });

  it('tells when a customer has no administrator any more', async () => {
    await makePair();
    expect(await done(moveUser, { email: from.admin.label, customer: to.code }, asOperator())).toMatchObject({
      isWithoutAdmin: true,
    });
  });

  it('takes an invitation that waits as well, which is active then, and puts an account in the place of one that is not used', async () => {
    await makePair();
    const email = newAddress();
    await invite(from, email);
    await invite(to, email);
    await done(moveUser, { email, customer: to.code }, asOperator());
    expect(await ownerOf(await signIn(email))).toBe(to.id);
  });

  it('is refused for nobody, to where they are, for the vendor’s people, and to a customer that is not there', async () => {
    await makePair();
    const support = await makeSupport(portal);
    expect(codeOf(await move(newAddress()))).toBe('unknown-name');
    expect(codeOf(await move(to.member.label))).toBe('unknown-name');
    expect(codeOf(await move(support.label))).toBe('unknown-name');
    expect(codeOf(await move(from.member.label, { customer: 'nobody' }))).toBe('unknown-name');
    expect(codeOf(await move(from.member.label, { role: 'support' }))).toBe('input-refused');
    const email = newAddress();
    await invite(to, email);
    await signIn(email);
    await invite(from, email);
    expect(codeOf(await move(email))).toBe('already-exists');
    expect(await ownerOf(await signIn(email))).toBe(to.id);
  });

  it('comes once of many at once', async () => {
    await makePair();
    const { label } = from.member;
    const answers = await Promise.all(Array.from({ length: 5 }, () => move(label)));
    expect(answers.map(codeOf).sort()).toEqual(['done', ...Array.from({ length: 4 }, () => 'unknown-name')]);
  });
});

describe('deleting somebody', () => {
  it('takes away all that names them or signs in as them, at every customer, and the address is free', async () => {
    await makePair();
    const { email, personId } = await makeBusy(from);
    await invite(to, email);
    const { deleted } = await done(deleteUser, { email: email.toUpperCase() }, asOperator());
    expect(deleted.map(({ customer }) => customer).sort()).toEqual([from.code, to.code].sort());
    const rows = await portal.db.execute<{ text: string }>(sql`
      select u::text as text from users u union all select c::text from sign_in_codes c union all select s::text from sessions s where user_id = ${personId}
      union all select f::text from second_factors f where user_id = ${personId} union all select r::text from reminder_settings r where user_id = ${personId}
      union all select a::text from entitlement_assignments a where user_id = ${personId}`);
    const text = rows.map((row) => row.text).join('\n');
    expect(text).not.toContain(email);
    expect(rows.filter((row) => row.text.includes(personId))).toHaveLength(1);
    for (const context of [portal.contextFor(from.admin), portal.contextFor(await makeSupport(portal))]) {
      expect((await done(listPeople, { search: '' }, context)).rows.map(({ id }) => id)).not.toContain(personId);
      expect(await perform(showPerson, { personId, search: '' }, context)).toMatchObject({ rejection: { code: 'not-found' } });
      const change = await perform(changeRole, { personId, role: 'member' }, context);
      expect(change).toMatchObject({ rejection: { code: 'not-found' } });
    }
    expect(JSON.stringify(await done(searchEverything, { text: 'deleted' }, asOperator()))).not.toContain(personId);
    expect(JSON.stringify(await done(listUsers, {}, asOperator()))).not.toContain(personId);
    expect(codeOf(await perform(findPerson, { email }, asOperator()))).toBe('unknown-name');
    expect(codeOf(await perform(deleteUser, { email }, asOperator()))).toBe('unknown-name');
    const again = { email, name: 'Somebody', role: 'member', customer: from.code };
    expect((await done(createUser, again, asOperator())).id).not.toBe(personId);
    expect(await ownerOf(await signIn(email))).toBe(from.id);
  });

  it('leaves the audit as it was written: the chain is whole, and every entry of theirs is in it', async () => {
    await makePair();
    const { email, admin } = await makeBusy(from);
    await sealUpToNow(portal);
    const exported = async () => {
      const part = await done(exportAudit, {}, portal.contextFor(admin));
      return part.lines;
    };
    async function* each(lines: readonly string[]) {
      yield* lines;
    }
    const before = await exported();
    await done(deleteUser, { email }, asOperator());
    await sealUpToNow(portal);
    const after = await exported();
    const entries = (lines: readonly string[]) => lines.filter((line) => line.startsWith('{"entry"'));
    expect(entries(after).slice(0, entries(before).length)).toEqual(entries(before));
    const known = { vendorId: portal.vendorId, rootPublicJwk: portal.root.publicJwk };
    const verified = await verifyExport(each(after), known);
    expect(verified).toMatchObject({ broken: null, entries: entries(before).length + 1 });
    expect(after.join()).toContain('user.deleted');
  });

  it('leaves the neighbours as they were', async () => {
    await makePair();
    const state = async () =>
      (
        await portal.db.execute(sql`select md5(string_agg(u::text, ',' order by id)) as users from users u where u.email <> ${from.stranger.label}
        and deleted_at is null`)
      )[0];
    const before = await state();
    await done(deleteUser, { email: from.stranger.label }, asOperator());
    expect(await state()).toEqual(before);
  });

  it('tells when a customer has no administrator any more, and deletes people of the vendor too', async () => {
    await makePair();
    const support = await makeSupport(portal);
    expect(await done(deleteUser, { email: from.admin.label }, asOperator())).toMatchObject({
      deleted: [{ isWithoutAdmin: true }],
    });
    expect(await done(deleteUser, { email: support.label }, asOperator())).toMatchObject({ deleted: [{ customer: null }] });
  });
});

describe('making an account on the command line', () => {
  it('is active at once and never runs out, and takes the place of an invitation that waits', async () => {
    await makePair();
    const email = newAddress();
    const { personId } = await invite(from, email);
    const person = { email, name: 'Nora', role: 'customer_admin', customer: from.code };
    expect((await done(createUser, person, asOperator())).id).toBe(personId);
    expect(codeOf(await perform(createUser, person, asOperator()))).toBe('already-exists');
    expect(codeOf(await perform(createUser, { ...person, customer: to.code }, asOperator()))).toBe('already-exists');
    expect(codeOf(await perform(findPerson, { email }, asOperator()))).toBe('done');
    const invited = newAddress();
    await invite(from, invited);
    expect(codeOf(await perform(findPerson, { email: invited }, asOperator()))).toBe('person-invited');
    expect(codeOf(await perform(findPerson, { email: `${randomUUID()}@example.com` }, asOperator()))).toBe('unknown-name');
  });
});
