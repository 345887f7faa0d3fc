import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import { openReply } from '@/lib/dialects/native/open-reply';
import { importExchangeKey } from '@/lib/signing/key-pair';
import { downloadReply } from '../exchange/show-exchange';
import { issueRefresh } from '../leases/issue-refresh';
import { activate } from '../licensespring/activate';
import type { LicenseSpringScene } from '../licensespring/testing/scene';
import { bytesOf, contentOf, contentOrCode, makeScene, requestFor, sell } from '../licensespring/testing/scene';
import { perform } from '../operation';
import { exchange, replyOf } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest, showToGuest } from '../testing/guest';
import { deviceText, makeKeygenKeys, makeLicence, openEncrypted } from '../testing/keygen';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import type { TestDevice } from '../testing/test-device';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';

/*
 * What an answer made for somebody who has not signed in tells of whose licence it is: nothing. The device, or whoever has its key, opens it.
 */

let scene: LicenseSpringScene;
let portal: TestPortal;
let customer: TestCustomer;

/** Names the customer, its order or its people. */
const WHOSE = /Northgate|SO-SECRET|member-|admin-|stranger-|@example\.com/;

beforeAll(async () => {
  scene = await makeScene();
  portal = scene.portal;
  customer = await makeCustomer(portal, 'Northgate Works');
  await makeKeygenKeys(portal);
  await allowGuests(portal);
});

afterAll(() => portal.close());

async function answerForGuest(file: string): Promise<string> {
  const context = portal.contextFor(makeGuest());
  const { submissionId, code } = await exchangeAsGuest(context, file);
  expect(code).toBeNull();
  const shown = await showToGuest(context, submissionId);
  if (!shown.ok || shown.value.state !== 'answered') throw new Error('expected an answer');
  return shown.value.reply.text;
}

describe('a native answer', () => {
  const open = (device: TestDevice, text: string): Promise<OpenedReply> =>
    openReply(
      { name: null, bytes: new TextEncoder().encode(text) },
      {
        vendorId: portal.vendorId,
        rootPublicJwk: portal.root.publicJwk,
        deviceKey: device.keys.signing.kid,
        exchangeKid: device.keys.exchange.kid,
        exchangePrivateKey: importExchangeKey(device.keys.exchange.privateJwk),
      },
    );

  it('for a guest names no customer, and still has all that the device needs', async () => {
    const entitlement = await makeEntitlement(portal, customer, { orderReference: 'SO-SECRET' });
    const device = await makeDevice(portal, entitlement);
    const opened = await open(device, await answerForGuest(await device.request()));
    expect(opened).toMatchObject({ customerName: null, rights: { entitlementId: entitlement.id, seats: 5 } });
    expect(JSON.stringify(opened)).not.toMatch(WHOSE);
  });

  it('for somebody who signed in names the customer, and so does a later refresh of a guest’s device', async () => {
    const entitlement = await makeEntitlement(portal, customer);
    const [device, ofGuest] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
    const member = portal.contextFor(customer.member);
    const answered = await exchange(member, await device.request());
    expect(await open(device, await replyOf(member, answered))).toMatchObject({ customerName: 'Northgate Works' });

    const { activationId } = await open(ofGuest, await answerForGuest(await ofGuest.request()));
    const { exchangeId } = await done(issueRefresh, { activationId }, member);
    const { text } = await done(downloadReply, { exchangeId }, member);
    expect(await open(ofGuest, text)).toMatchObject({ kind: 'refresh', customerName: 'Northgate Works' });
  });
});

describe('a LicenseSpring answer', () => {
  const order = { orderReference: 'SO-SECRET' };
  const nobody = { id: 0, company_name: '', reference: '', email: '' };

  it('for a guest names no customer and no order', async () => {
    const licence = await sell(scene, { customer: customer.code, ...order });
    const text = await answerForGuest(requestFor(scene, licence));
    expect(contentOf(text)).toMatchObject({
      customer: nobody,
      order_store_id: '',
      license_key: licence.licenceKey,
      max_activations: 2,
    });
    expect(JSON.stringify(contentOf(text))).not.toMatch(WHOSE);
    expect(JSON.stringify(contentOf(text))).not.toContain(customer.code);
  });

  it('for a guest tells of a user what the request says already', async () => {
    const user = { name: 'guest-user', password: 'correct horse', firstName: 'Ann', lastName: 'Smith', phone: '0123' };
    const licence = await sell(scene, { customer: customer.code, user });
    const content = contentOf(await answerForGuest(requestFor(scene, licence)));
    expect(content).toMatchObject({
      username: 'guest-user',
      user: { email: 'guest-user', first_name: '', last_name: '', phone_number: '' },
    });
  });

  it('for the vendor’s application, and for people, names both', async () => {
    const licence = await sell(scene, { customer: customer.code, ...order });
    const named = { customer: { company_name: 'Northgate Works', reference: customer.code }, order_store_id: 'SO-SECRET' };
    const called = await perform(activate, { bytes: bytesOf(requestFor(scene, licence)) }, scene.application);
    expect(contentOrCode(called)).toMatchObject(named);
    const admin = portal.contextFor(customer.admin);
    const answered = await exchange(admin, requestFor(scene, licence, { hardware_id: 'press-2' }));
    expect(contentOf(await replyOf(admin, answered))).toMatchObject(named);
  });
});

describe('a machine file', () => {
  const include = { machineIncludes: ['license.users' as const] };
  const usersIn = (file: ReturnType<typeof openEncrypted>) => file.included.filter(({ type }) => type === 'users').length;

  it('for a guest has no people in it, also where the policy puts them into every file', async () => {
    const licence = await makeLicence(portal, customer, { policy: { guests: true, ...include } });
    const fingerprint = createHash('sha256').update('a machine').digest('hex');
    const file = openEncrypted(await answerForGuest(deviceText(licence.key, fingerprint)), licence.key + fingerprint);
    expect(usersIn(file)).toBe(0);
    expect(JSON.stringify(file)).not.toMatch(WHOSE);

    const member = portal.contextFor(customer.member);
    const answered = await exchange(member, deviceText(licence.key, 'cpu-2'));
    expect(usersIn(openEncrypted(await replyOf(member, answered), `${licence.key}cpu-2`))).toBe(1);
  });
});
