import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeProduct } from '../catalogue/change-product';
import { perform } from '../operation';
import { activationOf, exchange, replyOf, standingOf } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest, showToGuest, submitAsGuest } from '../testing/guest';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { guestCommit } from './guest-commit';
import { guestDownload } from './guest-preview';
import { guestOffered } from './guest-submit';

let portal: TestPortal;
let customer: TestCustomer;
const as = (guest = makeGuest(), now?: Date) => portal.contextFor(guest, now);
const asMember = () => portal.contextFor(customer.member);
const download = (context: ReturnType<typeof as>, submissionId: string) => perform(guestDownload, { submissionId }, context);

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});
beforeEach(() => allowGuests(portal));
afterAll(() => portal.close());

describe('the exchange without signing in', () => {
  it('is off until the operator switches it on for a product, and off again afterwards', async () => {
    const fresh = await makeTestPortal();
    try {
      const sold = await makeEntitlement(fresh, await makeCustomer(fresh));
      const file = await (await makeDevice(fresh, sold)).request();
      const guest = fresh.contextFor(makeGuest());
      const set = (guestExchange: boolean) =>
        perform(changeProduct, { code: 'press-control', guestExchange }, fresh.contextFor(OPERATOR));
      expect(await perform(guestOffered, {}, guest)).toEqual({ ok: true, value: { isOffered: false } });
      expect((await submitAsGuest(guest, file)).code).toBe('not-found');
      expect(await fresh.db.execute(sql`select from exchanges`)).toHaveLength(0);

      expect(await set(true)).toMatchObject({ ok: true, value: { changed: true } });
      expect(await set(true)).toMatchObject({ ok: true, value: { changed: false } });
      expect(await perform(guestOffered, {}, guest)).toEqual({ ok: true, value: { isOffered: true } });
      const { code, submissionId } = await submitAsGuest(guest, file);
      expect(code).toBeNull();

      await set(false);
      expect(await perform(guestCommit, { submissionId }, guest)).toMatchObject({
        ok: false,
        rejection: { code: 'guest-refused' },
      });
      expect(await standingOf(fresh, sold.id)).toEqual({ held: 0, counted: 0, states: {} });
      const audits = await fresh.db.execute(sql`select from audit_entries where action = 'product.changed'`);
      expect(audits).toHaveLength(2);
    } finally {
      await fresh.close();
    }
  });

  it('previews, then activates, and names the guest in the customer’s audit', async () => {
    const entitlement = await makeEntitlement(portal, customer, { orderReference: 'SO-SECRET' });
    await exchange(asMember(), await (await makeDevice(portal, { ...entitlement, name: 'Colleague’s press' })).request());
    const device = await makeDevice(portal, { ...entitlement, name: 'Press line 7' });
    const guest = as();
    const { submissionId } = await submitAsGuest(guest, await device.request());
    const preview = await showToGuest(guest, submissionId);
    expect(preview).toMatchObject({
      ok: true,
      value: { state: 'activation', takesSeat: true, seats: { bought: 5, heldNow: 1, heldThen: 2 }, deviceName: 'Press line 7' },
    });
    const members = ['bundle', 'clockSkewSeconds', 'code', 'deviceName', 'isRenewal', 'issuedAt', 'lease', 'mayBeAnother'];
    expect(Object.keys(preview.ok ? preview.value : {}).sort()).toEqual([
      ...members,
      ...['now', 'productName', 'seat', 'seats', 'state', 'takesSeat'],
    ]);
    expect(JSON.stringify(preview)).not.toMatch(/SO-SECRET|Colleague|Northgate|member-|2120|pages/);
    expect(await standingOf(portal, entitlement.id)).toMatchObject({ held: 1 });

    expect(await perform(guestCommit, { submissionId }, guest)).toMatchObject({ ok: true, value: { repeated: false } });
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2 } });
    const answered = await showToGuest(guest, submissionId);
    expect(answered).toMatchObject({ ok: true, value: { state: 'answered', seats: { bought: 5, heldNow: 2, heldThen: 2 } } });
    expect(JSON.stringify(answered)).not.toMatch(/SO-SECRET|Colleague|Northgate|member-/);
    const audits = await portal.db.execute(sql`
      select action, actor, role, user_id from audit_entries where entitlement_id = ${entitlement.id} and role = 'guest' order by id`);
    const row = { actor: 'guest', role: 'guest', user_id: null };
    expect(audits).toEqual([
      { action: 'file.previewed', ...row },
      { action: 'seat.taken', ...row },
    ]);
  });

  it('answers the same file with the same bytes, whoever had it answered, in any browser', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const [one, other] = [as(), as()];
    const file = await device.request();
    const first = await exchangeAsGuest(one, file);
    const again = await submitAsGuest(other, file);
    expect(again).toMatchObject({ code: null, repeated: true });
    const [mine, theirs] = [await download(one, first.submissionId), await download(other, again.submissionId)];
    expect(mine).toMatchObject({ ok: true });
    expect(theirs).toEqual(mine);
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });

    const signedIn = await makeDevice(portal, entitlement);
    const request = await signedIn.request();
    const outcome = await exchange(asMember(), request);
    const { submissionId } = await submitAsGuest(one, request);
    expect(await download(one, submissionId)).toMatchObject({ ok: true, value: { text: await replyOf(asMember(), outcome) } });
    expect(await exchange(asMember(), file)).toMatchObject({ code: 'repeated' });
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2 } });
  });

  it('frees a seat for the proof of its own key, and for no other', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const [device, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    const activationId = await activationOf(portal, await exchange(asMember(), await device.request()));
    await exchange(asMember(), await other.request());
    const unseen = await makeDevice(portal, entitlement);
    for (const stranger of [other, unseen]) {
      expect((await exchangeAsGuest(as(), await stranger.proof(activationId))).code).toBe('guest-refused');
      expect((await exchangeAsGuest(as(), await stranger.proof(randomUUID()))).code).toBe('guest-refused');
    }
    expect(await standingOf(portal, entitlement.id)).toMatchObject({ held: 2 });

    const guest = as();
    const proof = await device.proof(activationId);
    const { submissionId } = await submitAsGuest(guest, proof);
    expect(await showToGuest(guest, submissionId)).toMatchObject({
      value: { state: 'deactivation', freesSeat: true, seats: { bought: 5, heldNow: 2, heldThen: 1 } },
    });
    expect((await exchangeAsGuest(guest, proof)).code).toBeNull();
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, released: 1 } });
    expect(await showToGuest(guest, submissionId)).toMatchObject({ value: { state: 'returned', seats: { heldNow: 1 } } });
  });

  it('is refused with a trouble code of that very attempt when the seat went after the preview', async () => {
    const entitlement = await makeEntitlement(portal, customer, { seats: 1 });
    const guest = as();
    const { submissionId, code } = await submitAsGuest(guest, await (await makeDevice(portal, entitlement)).request());
    expect(code).toBeNull();
    await exchange(asMember(), await (await makeDevice(portal, entitlement)).request());
    const refused = await perform(guestCommit, { submissionId }, guest);
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'no-seat-free' } });
    const shown = await showToGuest(guest, submissionId);
    const reference = shown.ok && shown.value.state === 'refused' ? shown.value.reference : '';
    const rows = await portal.db.execute(sql`select code, submission_id from exchanges where trouble_code = ${reference}`);
    expect(rows).toEqual([{ code: 'no-seat-free', submission_id: submissionId }]);
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('belongs to one browser, for a day', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const device = await makeDevice(portal, entitlement);
    const guest = makeGuest();
    const { submissionId } = await submitAsGuest(as(guest), await device.request());
    const notFound = { ok: false, rejection: { code: 'not-found', facts: {} } };
    expect(await showToGuest(as(), submissionId)).toEqual(notFound);
    expect(await perform(guestCommit, { submissionId }, as())).toEqual(notFound);
    expect(await download(as(guest), submissionId)).toEqual(notFound);

    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const old = await submitAsGuest(as(guest, hoursAgo(24.1)), await device.request());
    expect(await showToGuest(as(guest), old.submissionId)).toEqual(notFound);
    expect(await perform(guestCommit, { submissionId: old.submissionId }, as(guest))).toEqual(notFound);
    const recent = await submitAsGuest(as(guest, hoursAgo(23.9)), await device.request());
    expect(await showToGuest(as(guest), recent.submissionId)).toMatchObject({ ok: true });
    const ofMember = await exchange(asMember(), await (await makeDevice(portal, entitlement)).request());
    expect(await showToGuest(as(guest), ofMember.submissionId)).toEqual(notFound);
  });
});
