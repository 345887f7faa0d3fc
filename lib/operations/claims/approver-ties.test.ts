import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { requirePerson, userIdOf } from '../actor';
import { listAudit } from '../audit/list-audit';
import { setReleasePolicy } from '../entitlements/set-release-policy';
import { perform } from '../operation';
import { changeRole } from '../people/change-person';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import { addressScene, newAddress } from '../testing/scenes/address-scene';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport, needApproval, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { approveClaim } from './answer-claim';
import { reserveDueClaimMails } from './claim-mail';
import { openClaim } from './open-claim';
import { listClaims, showClaim } from './show-claims';

let portal: TestPortal;
let customer: TestCustomer;
let support: Actor;

beforeAll(async () => {
  portal = await makeTestPortal();
  support = await makeSupport(portal);
});

afterAll(() => portal.close());

const scene = addressScene(() => portal);
const as = (actor: Actor) => portal.contextFor(actor);

/** A customer whose people joined long ago. */
async function makeKnownCustomer(): Promise<void> {
  customer = await makeCustomer(portal);
  await portal.db.execute(sql`update users set joined_at = now() - interval '100 days' where customer_id = ${customer.id}`);
}

/** Makes a person who was invited by another one of the customer, signed in, and became an administrator. */
async function makeInvited(by: Actor, daysAgo: number): Promise<Actor> {
  const email = newAddress();
  const { personId } = await scene.invite({ ...customer, admin: by }, email, { now: new Date(), role: 'member' });
  await scene.signIn(email, new Date(Date.now() + 1000));
  await done(changeRole, { personId, role: 'customer_admin' }, as(by));
  await portal.db.execute(
    sql`update users set joined_at = now() - make_interval(days => ${daysAgo}::integer) where id = ${personId}`,
  );
  return { role: 'customer_admin', userId: personId, customerId: customer.id, label: email };
}

/** Opens a claim on a seat of the customer. */
async function claimBy(claimant: Actor, isIndependent = false): Promise<{ claimId: string; entitlementId: string }> {
  const entitlement = await makeEntitlement(portal, customer);
  await needApproval(portal, entitlement.id);
  if (isIndependent) {
    const policy = { entitlementId: entitlement.id, releaseApproval: true, releaseIndependent: true };
    await done(setReleasePolicy, policy, as(OPERATOR));
  }
  const device = await makeDevice(portal, entitlement);
  const activationId = await activationOf(portal, await exchange(as(claimant), await device.request()));
  const { claimId } = await done(openClaim, { activationId, reason: 'lost' }, as(claimant));
  return { claimId, entitlementId: entitlement.id };
}

const approve = async (claimId: string, approver: Actor) => {
  const result = await perform(approveClaim, { claimId, answer: '' }, as(approver));
  return result.ok ? 'done' : result.rejection.code;
};
/** The audit entries about ties of this claim's approval that a reader can see. */
const toldTo = async (reader: Actor, claimId: string) => {
  const { rows } = await done(listAudit, { kind: 'claims' }, as(reader));
  return rows.filter(({ action, detail }) => action === 'claim.approved-with-ties' && JSON.stringify(detail).includes(claimId));
};
const tiesShown = async (reader: Actor, claimId: string) => (await done(showClaim, { claimId }, as(reader))).claim.ties;
/** The mails about a claim: what each says, and its address. */
const mailed = async (claimId: string) =>
  (await done(reserveDueClaimMails, { claimId }, as(OPERATOR))).map(({ tells, to }) => `${tells} ${to.address}`).sort();

describe('an approval by an administrator who may not be anybody else', () => {
  it('is told to support, in the audit, on the page and by mail, and to nobody of the customer', async () => {
    await makeKnownCustomer();
    const second = await makeInvited(customer.admin, 1);
    const { claimId } = await claimBy(customer.admin);
    await mailed(claimId);
    expect(await approve(claimId, second)).toBe('done');
    const ties = ['approver-young', 'invited-by-claimant'];
    expect(await toldTo(support, claimId)).toMatchObject([{ actor: second.label, customerName: null, detail: { ties } }]);
    expect(await tiesShown(support, claimId)).toEqual(ties);
    const people = [customer.admin, second];
    for (const reader of people) {
      expect(await toldTo(reader, claimId)).toEqual([]);
      expect(await tiesShown(reader, claimId)).toEqual([]);
      expect(JSON.stringify(await done(listClaims, {}, as(reader)))).not.toContain('approver-young');
    }
    expect(await mailed(claimId)).toEqual([`approved ${customer.admin.label}`, `tied ${support.label}`].sort());
    const mailsShown = async (reader: Actor) => (await done(showClaim, { claimId }, as(reader))).mails.map(({ tells }) => tells);
    expect(await mailsShown(support)).toContain('tied');
    expect(await mailsShown(customer.admin)).not.toContain('tied');
  });

  it.each<[string, (approver: Actor) => Promise<{ claimant: Actor; approver: Actor }>, readonly string[]]>([
    ['whom nothing ties', async (approver) => ({ claimant: customer.member, approver }), []],
    [
      'whom the claimant’s second address invited',
      async () => {
        const second = await makeInvited(customer.admin, 50);
        return { claimant: customer.admin, approver: await makeInvited(second, 40) };
      },
      ['invited-by-claimant'],
    ],
    [
      'who has just invited the claimant',
      async (approver) => ({ claimant: await makeInvited(approver, 0), approver }),
      ['claimant-invited-and-young'],
    ],
    [
      'who is young',
      async () => ({ claimant: customer.member, approver: await makeInvited(customer.admin, 6) }),
      ['approver-young'],
    ],
    ['who was', async () => ({ claimant: customer.member, approver: await makeInvited(customer.admin, 7) }), []],
  ])('%s is written down as what it is', async (_, make, ties) => {
    await makeKnownCustomer();
    const { claimant, approver } = await make(customer.admin);
    const { claimId } = await claimBy(claimant);
    expect(await approve(claimId, approver)).toBe('done');
    expect(await tiesShown(support, claimId)).toEqual(ties);
    expect(await toldTo(support, claimId)).toHaveLength(ties.length === 0 ? 0 : 1);
  });

  it('is refused where the vendor wants an independent one, and nothing is released; support is asked as well, and may', async () => {
    await makeKnownCustomer();
    const second = await makeInvited(customer.admin, 1);
    const { claimId, entitlementId } = await claimBy(customer.admin, true);
    expect(await mailed(claimId)).toEqual([`asked ${second.label}`, `asked ${support.label}`].sort());
    const before = await standingOf(portal, entitlementId);
    expect(await approve(claimId, second)).toBe('approver-not-independent');
    expect(await standingOf(portal, entitlementId)).toEqual(before);
    const { approval } = await done(showClaim, { claimId }, as(second));
    expect(approval).toMatchObject({ outcome: 'reject', rejection: { code: 'approver-not-independent' } });
    expect(await approve(claimId, support)).toBe('done');
    expect(await tiesShown(support, claimId)).toEqual([]);
  });

  it('is no matter for who is known and independent, nor for the operator', async () => {
    await makeKnownCustomer();
    const second = await makeInvited(customer.admin, 30);
    const { claimId } = await claimBy(customer.member, true);
    expect(await approve(claimId, second)).toBe('done');
    const other = await claimBy(customer.admin, true);
    expect(await approve(other.claimId, OPERATOR)).toBe('done');
    expect(requirePerson(second).userId).not.toBe(userIdOf(customer.admin));
  });
});
