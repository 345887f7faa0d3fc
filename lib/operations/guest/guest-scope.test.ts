import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import type { OperationContext } from '../context';
import { withdrawCode } from '../entitlements/manage-codes';
import { perform } from '../operation';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest, showToGuest, submitAsGuest } from '../testing/guest';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { guestCommit } from './guest-commit';
import { guestDownload } from './guest-preview';

let portal: TestPortal;
let customer: TestCustomer;
const as = (guest = makeGuest()) => portal.contextFor(guest);
const asMember = () => portal.contextFor(customer.member);
const download = (context: OperationContext, submissionId: string) => perform(guestDownload, { submissionId }, context);

beforeAll(async () => {
  portal = await makeTestPortal();
  await allowGuests(portal);
  customer = await makeCustomer(portal);
});
afterAll(() => portal.close());

describe('what a guest’s file does not prove', () => {
  it('is not there: a code shows and takes its own entitlement only', async () => {
    const own = await makeEntitlement(portal, customer);
    const foreign = await makeEntitlement(portal, await makeCustomer(portal, 'Southgate Works'));
    const sameCustomer = await makeEntitlement(portal, customer);
    for (const other of [foreign, sameCustomer]) {
      const device = await makeDevice(portal, own);
      const file = await device.request({ entitlementId: other.id });
      expect((await exchangeAsGuest(as(), file)).code).toBe('guest-refused');
      expect(await standingOf(portal, other.id)).toEqual({ held: 0, counted: 0, states: {} });

      const theirs = await makeDevice(portal, other);
      const request = await theirs.request();
      await exchangeAsGuest(as(), request);
      expect((await exchangeAsGuest(as(), await theirs.request({ activationCode: own.code }))).code).toBe('activated-elsewhere');
    }
    expect(await standingOf(portal, own.id)).toEqual({ held: 0, counted: 0, states: {} });
  });

  it('is answered alike: unknown code, withdrawn code, product without guests, unknown product, foreign entitlement, foreign proof', async () => {
    await portal.db.execute(sql`insert into products (code, name) values ('closed-control', 'Closed')`);
    const [open, withdrawn] = [await makeEntitlement(portal, customer), await makeEntitlement(portal, customer)];
    const closed = await makeEntitlement(portal, customer);
    await portal.db.execute(sql`update offerings set product_id = (select id from products where code = 'closed-control')
      where id = (select offering_id from entitlements where id = ${closed.id})`);
    await perform(withdrawCode, { code: withdrawn.codeId }, portal.contextFor(OPERATOR));
    const device = await makeDevice(portal, open);
    const activated = await makeDevice(portal, closed);
    const taken = await exchange(asMember(), await activated.request({ productCode: 'closed-control' }));
    const files = await Promise.all([
      activated.proof(await activationOf(portal, taken)),
      activated.request({ productCode: 'closed-control' }),
      device.request({ activationCode: 'AAAAA-AAAAA-AAAAA-AAAAA' }),
      device.request({ activationCode: withdrawn.code }),
      device.request({ activationCode: closed.code, productCode: 'closed-control' }),
      device.request({ activationCode: open.code, productCode: 'closed-control' }),
      device.request({ activationCode: closed.code }),
      device.request({ productCode: 'no-such-product' }),
      device.request({ entitlementId: closed.id }),
      device.proof(randomUUID()),
    ]);
    const guest = as();
    const seen = new Set<string>();
    for (const file of files) {
      const { submissionId, code } = await submitAsGuest(guest, file);
      const shown = await showToGuest(guest, submissionId);
      expect(await perform(guestCommit, { submissionId }, guest)).toMatchObject({ ok: false, rejection: { code } });
      const reference = shown.ok && shown.value.state === 'refused' ? shown.value.reference : '';
      expect(isTroubleCode(reference)).toBe(true);
      seen.add(JSON.stringify([code, shown]).replace(reference, 'REFERENCE'));
      const rows = await portal.db.execute(sql`select content from exchanges where trouble_code = ${reference}`);
      expect(rows).toEqual([{ content: null }]);
    }
    expect([...seen]).toEqual([
      JSON.stringify([
        'guest-refused',
        {
          ok: true,
          value: { state: 'refused', rejection: { code: 'guest-refused', facts: {} }, reference: 'REFERENCE', isKept: false },
        },
      ]),
    ]);
    expect(await standingOf(portal, closed.id)).toMatchObject({ held: 1, states: { active: 1 } });
    expect(await standingOf(portal, withdrawn.id)).toMatchObject({ held: 0 });
  });

  it('holds also for an answer given before: a withdrawn code hands it out no more', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const guest = as();
    const { submissionId } = await exchangeAsGuest(guest, await (await makeDevice(portal, entitlement)).request());
    expect(await download(guest, submissionId)).toMatchObject({ ok: true });
    await perform(withdrawCode, { code: entitlement.codeId }, portal.contextFor(OPERATOR));
    expect(await download(guest, submissionId)).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
    expect(await showToGuest(guest, submissionId)).toMatchObject({ value: { rejection: { code: 'guest-refused' } } });
  });

  it('is who holds the seats, and why an entitlement cannot be used; support finds that by the trouble code', async () => {
    const full = await makeEntitlement(portal, customer, { seats: 1 });
    await exchange(asMember(), await (await makeDevice(portal, { ...full, name: 'Secret press' })).request());
    const guest = as();
    const refused = await exchangeAsGuest(guest, await (await makeDevice(portal, full)).request());
    expect(refused.code).toBe('no-seat-free');
    const shown = await showToGuest(guest, refused.submissionId);
    expect(shown).toMatchObject({ value: { rejection: { code: 'no-seat-free', facts: { seats: 1 } }, isKept: true } });
    expect(JSON.stringify(shown)).not.toContain('Secret press');

    const disabled = await makeEntitlement(portal, customer, { disabledAt: new Date('2026-01-01T00:00:00Z') });
    const stopped = await exchangeAsGuest(guest, await (await makeDevice(portal, disabled)).request());
    expect(stopped.code).toBe('guest-not-now');
    const why = await showToGuest(guest, stopped.submissionId);
    const reference = why.ok && why.value.state === 'refused' ? why.value.reference : '';
    const rows = await portal.db.execute(sql`select code from exchanges where trouble_code = ${reference}`);
    expect(rows).toEqual([{ code: 'entitlement-disabled' }]);
  });

  it('is the name of a colleague’s machine with the same fingerprint', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const machine = await makeDevice(portal, { ...entitlement, name: 'Colleague’s press' });
    await exchange(asMember(), await machine.request());
    const anew = await makeDevice(portal, { ...entitlement, name: 'My press', components: machine.components });
    const guest = as();
    const { submissionId } = await exchangeAsGuest(guest, await anew.request());
    const shown = await showToGuest(guest, submissionId);
    expect(shown).toMatchObject({ value: { state: 'answered', deviceName: 'My press' } });
    expect(JSON.stringify(shown)).not.toContain('Colleague');
    // A guest releases nothing: the new installation has a seat of its own.
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 2, counted: 2, states: { active: 2 } });
  });
});
