import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { requirePerson } from '../actor';
import { listEntitlements } from '../entitlements/list-entitlements';
import { showCalendarLink } from '../leases/calendar-link';
import { showReminders } from '../leases/choose-reminders';
import { perform } from '../operation';
import { removePerson } from '../people/change-person';
import { releaseSeat } from '../seats/release-seat';
import type { SignedIn } from '../sign-in/session-current';
import { findSignedIn } from '../sign-in/session-current';
import { sessionEnd } from '../sign-in/session-end';
import { sessionList } from '../sign-in/session-list';
import { showSecondFactor } from '../sign-in/set-up-second-factor';
import { encryptRecoveryCodes, showRecoveryCodes } from '../sign-in/shown-recovery-codes';
import { done } from '../testing/scenes/operator-scene';
import { beginAt } from '../testing/scenes/second-factor-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeMember, makeSupport } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { endImpersonation, startImpersonation } from './impersonate';
import { searchEverything } from './search-everything';

let portal: TestPortal;
let customer: TestCustomer;
let support: Extract<Actor, { role: 'support' }>;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  const made = await makeSupport(portal);
  if (made.role !== 'support') throw new Error(`expected support, found ${made.role}`);
  support = made;
});

afterAll(() => portal.close());

const MINUTE_MS = 60_000;
const START = new Date('2026-03-02T09:00:00Z');
const later = (minutes: number) => new Date(START.getTime() + minutes * MINUTE_MS);
const asSupport = (now = START) => portal.contextFor(support, now);

async function openSession(userId = support.userId): Promise<string> {
  const rows = await portal.db.execute<{ id: string }>(sql`insert into sessions (user_id, created_at, last_seen_at, expires_at)
    values (${userId}, ${START.toISOString()}::timestamptz, ${START.toISOString()}::timestamptz, ${later(600).toISOString()}::timestamptz) returning id`);
  return rows[0]?.id ?? '';
}
async function found(session: string, now = START): Promise<SignedIn> {
  const signedIn = await findSignedIn({ db: portal.db, now }, session);
  if (signedIn === null) throw new Error('expected a live session, found none');
  return signedIn;
}
/** Opens a session of support that impersonates a person from the start. */
async function impersonate(personId: string): Promise<string> {
  const session = await openSession();
  await done(startImpersonation, { personId, session }, asSupport());
  return session;
}
async function auditOf(personId: string) {
  const rows = await portal.db.execute<{ told: string }>(sql`
    select concat_ws(' ', action, actor, role, customer_id, to_char(at at time zone 'UTC', 'HH24:MI')) as told
    from audit_entries where detail->>'personId' = ${personId} and action like 'customer.view%' order by id`);
  return rows.map(({ told }) => told);
}
const told = (action: 'started' | 'ended', minutes: number) =>
  `customer.view-${action} ${support.label} support ${customer.id} ${later(minutes).toISOString().slice(11, 16)}`;

describe('support that looks as somebody of a customer', () => {
  it('has their rights and sees what they see, and nothing else', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const other = await makeEntitlement(portal, await makeCustomer(portal, 'Southgate Works'));
    const session = await impersonate(userIdIn(customer.member));
    const { actor, self, impersonation: view, email } = await found(session);
    const impersonator = { userId: support.userId, label: support.label };
    const asThem = { ...customer.member, readOnlyReason: 'view-only', impersonator };
    expect({ actor, email }).toEqual({ actor: asThem, email: customer.member.label });
    expect([self, view]).toEqual([
      { ...support, isFresh: true },
      { endsAt: later(30), ended: false },
    ]);
    const seen = JSON.stringify(await done(listEntitlements, {}, portal.contextFor(actor)));
    expect([seen.includes(entitlement.id), seen.includes(other.id)]).toEqual([true, false]);
    const searched = await perform(searchEverything, { text: customer.code }, portal.contextFor(actor));
    expect(searched).toMatchObject({ rejection: { code: 'not-allowed' } });
  });

  it('sees nothing of what is theirs alone: no secret, no recovery codes, no sessions, no calendar address, no reminders', async () => {
    const personId = await makeMember(portal, customer, 'customer_admin');
    const [theirs] = await portal.db.execute<{ email: string }>(sql`select email from users where id = ${personId}`);
    const label = theirs?.email ?? '';
    const person = { role: 'customer_admin', userId: personId, customerId: customer.id, label } as const;
    await beginAt(portal, person, START);
    const session = await openSession(personId);
    const kept = await encryptRecoveryCodes(portal.contextFor(person, START), { codes: ['a code'], session });
    const shown = await done(showRecoveryCodes, { kept, session }, portal.contextFor(person, START));
    expect(shown).toEqual(['a code']);
    const { actor } = await found(await impersonate(personId));
    const own = [
      [showSecondFactor, {}],
      [showRecoveryCodes, { kept, session }],
      [sessionList, { current: session }],
      [showCalendarLink, {}],
      [showReminders, {}],
    ] as const;
    for (const [operation, input] of own) {
      const result = await perform<unknown, unknown>(operation, input, portal.contextFor(actor, later(1)));
      expect({ name: operation.name, result }).toEqual({
        name: operation.name,
        result: { ok: false, rejection: { code: 'view-only', facts: {} } },
      });
    }
  });

  it('is refused every change, whatever it names and however it is made up', async () => {
    const { actor } = await found(await impersonate(userIdIn(customer.admin)));
    for (const input of [{ activationId: randomUUID(), reason: 'lost' }, {}, null, 'x']) {
      const result = await perform(releaseSeat, input, portal.contextFor(actor));
      expect(result).toMatchObject({ ok: false, rejection: { code: 'view-only', facts: {} } });
    }
  });

  it('is in the audit of the customer, from the start to the way out', async () => {
    const personId = await makeMember(portal, customer);
    const session = await impersonate(personId);
    expect(await done(endImpersonation, { session }, asSupport(later(10)))).toEqual({ ended: true });
    expect(await done(endImpersonation, { session }, asSupport(later(11)))).toEqual({ ended: false });
    expect(await auditOf(personId)).toEqual([told('started', 0), told('ended', 10)]);
    expect(await found(session, later(12))).toMatchObject({ actor: support, impersonation: null });
  });

  it('can look as the next one at once, which ends the first', async () => {
    const [first, second] = [await makeMember(portal, customer), await makeMember(portal, customer, 'customer_admin')];
    const session = await impersonate(first);
    await done(startImpersonation, { personId: second, session }, asSupport(later(5)));
    expect(await auditOf(first)).toEqual([told('started', 0), told('ended', 5)]);
    expect(await found(session, later(6))).toMatchObject({ actor: { userId: second, role: 'customer_admin' } });
  });

  it('no longer does when the session ends, which is in the audit', async () => {
    const personId = await makeMember(portal, customer);
    const session = await impersonate(personId);
    await done(sessionEnd, { session }, asSupport(later(3)));
    expect(await findSignedIn({ db: portal.db, now: later(4) }, session)).toBeNull();
    expect(await auditOf(personId)).toEqual([told('started', 0), told('ended', 3)]);
  });
});

describe('after 30 minutes', () => {
  it('looking is over to the minute, and is in the audit once, with the minute it ran out', async () => {
    const personId = await makeMember(portal, customer);
    const session = await impersonate(personId);
    expect(await found(session, new Date(later(30).getTime() - 1))).toMatchObject({ actor: { userId: personId } });
    expect(await auditOf(personId)).toEqual([told('started', 0)]);
    const sights = await Promise.all([found(session, later(30)), found(session, later(30)), found(session, later(45))]);
    for (const sight of sights) {
      expect(sight).toMatchObject({ actor: { ...support, readOnlyReason: 'view-ended' }, impersonation: { ended: true } });
    }
    expect(await auditOf(personId)).toEqual([told('started', 0), told('ended', 30)]);
  });

  it('a form of the page that is still open changes nothing, until support says that it goes on as itself', async () => {
    const personId = await makeMember(portal, customer);
    const session = await impersonate(personId);
    const release = async () => {
      const { actor } = await found(session, later(31));
      return perform(releaseSeat, { activationId: randomUUID(), reason: 'lost' }, portal.contextFor(actor));
    };
    expect(await release()).toMatchObject({ rejection: { code: 'view-ended' } });
    await done(endImpersonation, { session }, asSupport(later(32)));
    expect(await release()).toMatchObject({ rejection: { code: 'not-found' } });
    expect(await auditOf(personId)).toEqual([told('started', 0), told('ended', 30)]);
  });

  it('it ends in the audit though nobody came back, once support looks as anybody again', async () => {
    const personId = await makeMember(portal, customer);
    await impersonate(personId);
    await done(
      startImpersonation,
      { personId: await makeMember(portal, customer), session: await openSession() },
      asSupport(later(50)),
    );
    expect(await auditOf(personId)).toEqual([told('started', 0), told('ended', 30)]);
  });

  it('it ends as well, and at once, when the person is removed', async () => {
    const personId = await makeMember(portal, customer);
    const session = await impersonate(personId);
    await done(removePerson, { personId }, portal.contextFor(customer.admin, later(7)));
    expect(await found(session, later(8))).toMatchObject({ actor: { readOnlyReason: 'view-ended' } });
    expect(await auditOf(personId)).toEqual([told('started', 0), told('ended', 8)]);
  });
});

describe('nobody looks', () => {
  it.each([
    ['as somebody who is not there', async () => ({ personId: randomUUID(), session: await openSession() })],
    ['as support', async () => ({ personId: userIdIn(await makeSupport(portal)), session: await openSession() })],
    [
      'with a session of a colleague',
      async () => ({ personId: userIdIn(customer.member), session: await openSession(userIdIn(await makeSupport(portal))) }),
    ],
    [
      'with a session of a customer',
      async () => ({ personId: userIdIn(customer.member), session: await openSession(userIdIn(customer.admin)) }),
    ],
  ])('%s', async (_, makeInput) => {
    const input = await makeInput();
    const count = async () =>
      (await portal.db.execute(sql`select count(*)::integer as audited from audit_entries where code is null`))[0];
    const before = await count();
    expect(await perform(startImpersonation, input, asSupport())).toMatchObject({ rejection: { code: 'not-found' } });
    expect(await count()).toEqual(before);
    expect((await found(input.session)).impersonation).toBeNull();
  });

  it('as somebody who was removed', async () => {
    const personId = await makeMember(portal, customer);
    await done(removePerson, { personId }, portal.contextFor(customer.admin));
    expect(await perform(startImpersonation, { personId, session: await openSession() }, asSupport())).toMatchObject({
      rejection: { code: 'not-found' },
    });
  });
});

function userIdIn(actor: Actor): string {
  return requirePerson(actor).userId;
}
