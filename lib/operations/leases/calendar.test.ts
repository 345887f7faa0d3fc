import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePerson } from '../actor';
import type { OperationContext } from '../context';
import { LIMITS } from '../limits/limits';
import { clearCount } from '../limits/rate-limit';
import { perform } from '../operation';
import { changeRole, removePerson } from '../people/change-person';
import { invitePerson } from '../people/invite-person';
import { activationOf, exchange } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { makeVisitor } from '../testing/visitor';
import { listCalendar } from './calendar-feed';
import { makeCalendarLink, revokeCalendarLink, showCalendarLink } from './calendar-link';
import { issueRefresh } from './issue-refresh';

const DAY_MS = 86_400_000;
const visitor = makeVisitor();

let portal: TestPortal;

beforeAll(async () => {
  portal = await makeTestPortal();
});

afterAll(() => portal.close());

/** A customer whose member has a device named `Theirs`, and whose administrator has another named `Admin only`. */
async function makeScene() {
  const customer = await makeCustomer(portal);
  const [theirs, others] = [await makeEntitlement(portal, customer), await makeEntitlement(portal, customer)];
  await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${others.id}`);
  const context = portal.contextFor(customer.admin);
  const activationId = await activationOf(
    portal,
    await exchange(context, await (await makeDevice(portal, { ...theirs, name: 'Theirs' })).request()),
  );
  await exchange(context, await (await makeDevice(portal, { ...others, name: 'Admin only' })).request());
  return { customer, theirs, activationId, asMember: portal.contextFor(customer.member), asAdmin: context };
}

const make = async (context: OperationContext) => (await done(makeCalendarLink, {}, context)).secret;

/** The devices in a calendar, by name; the code of the refusal when there is none. */
async function fetched(secret: string, now?: Date): Promise<readonly string[] | string> {
  const result = await perform(listCalendar, { secret }, portal.contextFor(visitor, now));
  return result.ok ? result.value.map(({ deviceName }) => deviceName).sort() : result.rejection.code;
}

function userIdIn({ actor }: OperationContext): string {
  return requirePerson(actor).userId;
}

const auditOf = async ({ member }: TestCustomer) => {
  const rows = await portal.db.execute<{ action: string }>(
    sql`select action from audit_entries where actor = ${member.label} and action like 'calendar.%' order by id`,
  );
  return rows.map(({ action }) => action);
};

describe('a calendar link', () => {
  it('shows what its person may see, at the moment it is fetched', async () => {
    const { customer, theirs, asMember, asAdmin } = await makeScene();
    const [secret, adminSecret] = [await make(asMember), await make(asAdmin)];
    expect(await fetched(secret)).toEqual(['Theirs']);
    expect(await fetched(adminSecret)).toEqual(['Admin only', 'Theirs']);
    await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${theirs.id}`);
    expect(await fetched(secret)).toEqual([]);
    const personId = userIdIn(asMember);
    await done(changeRole, { personId, role: 'customer_admin' }, portal.contextFor(customer.admin));
    expect(await fetched(secret)).toEqual(['Admin only', 'Theirs']);
  });

  it('is kept as a digest only, with 256 bits of its own', async () => {
    const { asMember, asAdmin } = await makeScene();
    const secrets = [await make(asMember), await make(asAdmin)];
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    const [row] = await portal.db.execute<{ all: string }>(sql`select string_agg(l::text, ' ') || (select string_agg(a::text, ' ')
      from audit_entries a where action like 'calendar.%') as all from calendar_links l`);
    for (const secret of secrets) expect(row?.all).not.toContain(secret);
  });

  it('says when it was made and last fetched, and is dead at once when there is a new one or none', async () => {
    const { customer, asMember } = await makeScene();
    expect(await done(showCalendarLink, {}, asMember)).toBeNull();
    const first = await make(asMember);
    expect(await done(showCalendarLink, {}, asMember)).toMatchObject({ lastFetchedAt: null });
    expect(await fetched(first)).toEqual(['Theirs']);
    expect((await done(showCalendarLink, {}, asMember))?.lastFetchedAt).toBeInstanceOf(Date);
    const second = await make(asMember);
    expect(await fetched(first)).toBe('not-found');
    expect(await done(showCalendarLink, {}, asMember)).toMatchObject({ lastFetchedAt: null });
    expect(await fetched(second)).toEqual(['Theirs']);
    await done(revokeCalendarLink, {}, asMember);
    expect(await fetched(second)).toBe('not-found');
    expect(await done(showCalendarLink, {}, asMember)).toBeNull();
    expect(await perform(revokeCalendarLink, {}, asMember)).toMatchObject({ rejection: { code: 'not-found' } });
    expect(await auditOf(customer)).toEqual(['calendar.link-made', 'calendar.link-made', 'calendar.link-revoked']);
  });

  it('of somebody removed is none, also when they are invited back', async () => {
    const { customer, asMember, asAdmin } = await makeScene();
    const [secret, neighbour] = [await make(asMember), await make(asAdmin)];
    await done(removePerson, { personId: userIdIn(asMember) }, asAdmin);
    expect(await fetched(secret)).toBe('not-found');
    const back = { email: customer.member.label, name: 'Back', role: 'customer_admin' };
    await done(invitePerson, back, asAdmin);
    expect(await fetched(secret)).toBe('not-found');
    expect(await fetched(neighbour)).toEqual(['Admin only', 'Theirs']);
    await portal.db.execute(sql`update users set joined_at = now() where id = ${userIdIn(asMember)}`);
    expect(await fetched(secret)).toBe('not-found');
    expect(await fetched(await make(asMember))).toEqual(['Admin only', 'Theirs']);
  });

  it.each(['', 'x', 'A'.repeat(43), 'A'.repeat(5000), "' or '1'='1", '\u0000'])('is not %j', async (secret) => {
    expect(await fetched(secret)).toBe('not-found');
  });

  it('is for people of customers: support sees the leases of all and takes none of them away in an address', async () => {
    const support = portal.contextFor(await makeSupport(portal));
    expect(await perform(makeCalendarLink, {}, support)).toMatchObject({ rejection: { code: 'not-allowed' } });
  });
});

describe('an event of a calendar', () => {
  it('keeps its id and counts up when the lease is renewed', async () => {
    const { activationId, asMember } = await makeScene();
    const secret = await make(asMember);
    const [before] = await done(listCalendar, { secret }, portal.contextFor(visitor));
    await done(issueRefresh, { activationId }, asMember);
    const [after] = await done(listCalendar, { secret }, portal.contextFor(visitor));
    expect([before, after]).toMatchObject([
      { activationId, sequence: 1 },
      { activationId, sequence: 2 },
    ]);
  });

  it('stays for 30 days after the lease ended', async () => {
    const { asMember } = await makeScene();
    const secret = await make(asMember);
    const [event] = await done(listCalendar, { secret }, portal.contextFor(visitor));
    const ended = (days: number) => new Date((event?.endsAt.getTime() ?? 0) + days * DAY_MS);
    const at = async (now: Date) => (await done(listCalendar, { secret }, portal.contextFor(visitor, now))).length;
    expect([await at(ended(29)), await at(ended(31))]).toEqual([1, 0]);
  });
});

describe('fetching', () => {
  it('is slowed for a link that is fetched every few seconds, and for nobody else', async () => {
    const { asMember, asAdmin } = await makeScene();
    const [secret, neighbour] = [await make(asMember), await make(asAdmin)];
    const { points } = LIMITS.calendarFetchesByLink;
    for (let fetches = 0; fetches < points; fetches += 1) {
      expect(await fetched(secret)).toEqual(['Theirs']);
    }
    expect(await fetched(secret)).toBe('too-many-attempts');
    expect(await fetched(neighbour)).toEqual(['Admin only', 'Theirs']);
  });

  it('is stopped for a client that looks for links', async () => {
    const { asMember } = await makeScene();
    const secret = await make(asMember);
    const { points } = LIMITS.calendarMissesByClient;
    const guesses = Array.from({ length: points + 1 }, () => fetched('B'.repeat(43)));
    await Promise.all(guesses);
    expect(await fetched(secret)).toBe('too-many-attempts');
    await clearCount(portal.db, LIMITS.calendarMissesByClient, visitor.client);
    expect(await fetched(secret)).toEqual(['Theirs']);
  });
});
