import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disableEntitlement } from '../entitlements/change-entitlement';
import { perform } from '../operation';
import { exchange, standingOf } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { activate } from './activate';
import { blacklistDevice } from './blacklist-device';
import { createClient, withdrawClient } from './manage-clients';
import { setProduct } from './set-product';
import type { LicenseSpringScene, Members } from './testing/scene';
import {
  activateOn,
  bytesOf,
  contentOrCode,
  deactivateOn,
  fileOf,
  makeScene,
  membersOf,
  requestFor,
  sell,
  takeVersion1,
} from './testing/scene';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene();
  await sell(scene, { product: 'other-product' });
});

afterAll(() => scene.portal.close());

/** Activates, and expects a refusal that changes nothing. */
async function refused(order: Readonly<Record<string, unknown>>, changes: Members = {}): Promise<unknown> {
  const licence = await sell(scene, order);
  const before = await standingOf(scene.portal, licence.entitlementId);
  const answer = contentOrCode(await activateOn(scene, licence, changes));
  expect(await standingOf(scene.portal, licence.entitlementId)).toEqual(before);
  return answer.code;
}

describe('an activation is refused, and nothing is changed', () => {
  it.each<[string, Readonly<Record<string, unknown>>, Members, string]>([
    ['of a disabled licence', { isDisabled: true }, {}, 'entitlement-disabled'],
    ['of a licence that ended', { type: 'time-limited', validUntil: '2020-01-01' }, {}, 'entitlement-expired'],
    ['of a trial that ended', { trial: true, validUntil: '2020-01-01' }, {}, 'trial-expired'],
    ['of a licence that is not valid yet', { validFrom: '2190-01-01' }, {}, 'entitlement-not-started'],
    ['of a subscription', { type: 'subscription' }, {}, 'offline-not-allowed'],
    ['of a trial of a subscription', { type: 'subscription', trial: true }, {}, 'offline-not-allowed'],
    ['of a licence that is not for offline use', { isOffline: false }, {}, 'offline-not-allowed'],
    ['of a licence without activations', { maxActivations: 0 }, {}, 'no-seat-free'],
    ['on a virtual machine', { preventVm: true }, { is_vm: true }, 'virtual-machine-refused'],
    ['of a product that is not there', {}, { product: 'no-such-product' }, 'product-unknown'],
    ['of another product', {}, { product: 'other-product' }, 'entitlement-unknown'],
    ['of a product in another case', {}, { product: 'Press-Control' }, 'product-unknown'],
    ['with another key', {}, { license_key: 'ABCDE-ABCDE-ABCDE-ABCDE' }, 'activation-code-unknown'],
    ['with the number of another licence', {}, { license_id: 7 }, 'licence-differs'],
    ['that names itself a deactivation', {}, { request: 'deactivation' }, 'file-kind-differs'],
    ['without a signature of ours', {}, { api_key: 'somebody-else' }, 'file-client-unknown'],
  ])('%s', async (_, order, changes, code) => {
    expect(await refused(order, changes)).toBe(code);
  });

  it('where virtual machines are not refused, of none of them', async () => {
    const licence = await sell(scene, { preventVm: false });
    expect((await activateOn(scene, licence, { is_vm: true })).ok).toBe(true);
  });

  it('on a blacklisted device, until it is taken off the list', async () => {
    const licence = await sell(scene);
    const device = { entitlementId: licence.entitlementId, hardwareId: 'press-1' };
    await done(blacklistDevice, device, scene.operator);
    expect(contentOrCode(await activateOn(scene, licence))).toEqual({ code: 'device-blacklisted' });
    expect((await activateOn(scene, licence, { hardware_id: 'press-2' })).ok).toBe(true);
    await done(blacklistDevice, { ...device, remove: true }, scene.operator);
    expect((await activateOn(scene, licence)).ok).toBe(true);
  });

  it('but not a file that was answered before: it gets the same answer', async () => {
    const licence = await sell(scene, { product: 'of-the-same-answer' });
    const bytes = bytesOf(requestFor(scene, licence));
    const ask = async () => contentOrCode(await perform(activate, { bytes }, scene.application));
    const answer = await ask();
    expect(answer).toMatchObject({ times_activated: 1 });
    await done(blacklistDevice, { entitlementId: licence.entitlementId, hardwareId: 'press-1' }, scene.operator);
    await done(setProduct, { code: licence.product, isDisabled: true }, scene.operator);
    expect(await ask()).toEqual(answer);
    expect(contentOrCode(await activateOn(scene, licence))).toEqual({ code: 'product-disabled' });
  });

  it.each([
    ['isDisabled', 'product-disabled'],
    ['isArchived', 'product-archived'],
  ])('of a product with %s', async (setting, code) => {
    const licence = await sell(scene, { product: `of-${code}` });
    await done(setProduct, { code: licence.product, [setting]: true }, scene.operator);
    expect(contentOrCode(await activateOn(scene, licence))).toEqual({ code });
    await done(setProduct, { code: licence.product, [setting]: false }, scene.operator);
    expect((await activateOn(scene, licence)).ok).toBe(true);
  });

  it('in the first version, where the product takes only the second', async () => {
    const licence = await sell(scene, { product: 'strict-product' });
    const inTheFirst = () => activateOn(scene, licence, { schema_version: undefined });
    // The default of every product.
    expect(contentOrCode(await inTheFirst())).toEqual({ code: 'file-schema-too-old' });
    await takeVersion1(scene, licence);
    expect((await inTheFirst()).ok).toBe(true);
    expect((await activateOn(scene, licence)).ok).toBe(true);
    await done(setProduct, { code: 'strict-product', minimumSchema: 2 }, scene.operator);
    expect(contentOrCode(await inTheFirst())).toEqual({ code: 'file-schema-too-old' });
  });

  it('under a client that is for other products, or was withdrawn', async () => {
    const licence = await sell(scene);
    const limited = await done(createClient, { products: ['other-product'] }, scene.operator);
    const ask = async () => {
      const file = fileOf(membersOf(scene, licence, { api_key: limited.id }), limited.secret);
      return contentOrCode(await perform(activate, { bytes: bytesOf(file) }, scene.application));
    };
    expect(await ask()).toEqual({ code: 'file-client-not-for-product' });
    await done(withdrawClient, { id: limited.id }, scene.operator);
    expect(await ask()).toEqual({ code: 'file-client-unknown' });
  });
});

describe('a deactivation', () => {
  it('before any activation, and of a device that holds nothing, is refused', async () => {
    const licence = await sell(scene);
    expect(await deactivateOn(scene, licence)).toMatchObject({ ok: false, rejection: { code: 'activation-unknown' } });
    await activateOn(scene, licence);
    const other = await deactivateOn(scene, licence, { hardware_id: 'press-2' });
    expect(other).toMatchObject({ ok: false, rejection: { code: 'activation-unknown' } });
  });

  it('of a device that gave its seat back already is refused', async () => {
    const licence = await sell(scene);
    await activateOn(scene, licence);
    expect((await deactivateOn(scene, licence)).ok).toBe(true);
    expect(await deactivateOn(scene, licence)).toMatchObject({ ok: false, rejection: { code: 'activation-returned' } });
  });

  it('of a disabled licence is refused', async () => {
    const licence = await sell(scene);
    await activateOn(scene, licence);
    await done(disableEntitlement, { entitlementId: licence.entitlementId }, scene.operator);
    expect(await deactivateOn(scene, licence)).toMatchObject({ ok: false, rejection: { code: 'entitlement-disabled' } });
  });

  it('that was written before the activation is refused', async () => {
    const licence = await sell(scene);
    await activateOn(scene, licence);
    const old = await deactivateOn(scene, licence, { date: new Date(Date.now() - 60_000).toUTCString() });
    expect(old).toMatchObject({ ok: false, rejection: { code: 'file-predates-activation' } });
  });

  it('needs no password and frees the seat of a user', async () => {
    const licence = await sell(scene, { user: { name: 'ann@example.com', password: 'correct horse' } });
    expect((await activateOn(scene, licence)).ok).toBe(true);
    expect((await deactivateOn(scene, licence)).ok).toBe(true);
  });
});

it('lets nothing that the first version leaves unsigned widen a right', async () => {
  const licence = await sell(scene, { maxActivations: 1, preventVm: true, product: 'of-unsigned-fields' });
  await takeVersion1(scene, licence);
  await takeVersion1(scene, { product: 'other-product' });
  const members = membersOf(scene, licence, { variables: { seats: 1 }, schema_version: undefined });
  const signed = JSON.parse(Buffer.from(fileOf(members, scene.issuer.sharedKey), 'base64').toString());
  const changed = (changes: Members) => {
    const file = Buffer.from(JSON.stringify({ ...signed, ...changes })).toString('base64');
    return perform(activate, { bytes: bytesOf(file) }, scene.application);
  };
  expect(contentOrCode(await changed({ product: 'other-product' }))).toEqual({ code: 'entitlement-unknown' });
  expect(contentOrCode(await changed({ request: 'deactivation' }))).toEqual({ code: 'file-kind-differs' });
  expect(contentOrCode(await changed({ license_id: 7 }))).toEqual({ code: 'licence-differs' });
  const widened = { max_activations: 99, allow_unlimited_activations: true, validity_period: null, is_trial: false };
  const answer = contentOrCode(await changed({ ...widened, variables: { max_activations: 99 } }));
  expect(answer).toMatchObject({ max_activations: 1, allow_unlimited_activations: false, times_activated: 1 });
  expect(contentOrCode(await activateOn(scene, licence, { hardware_id: 'press-2' }))).toEqual({ code: 'no-seat-free' });
});

it('holds the product of a deactivation against that of the licence', async () => {
  const licence = await sell(scene);
  await activateOn(scene, licence);
  // The device key is made of the product as well, so nothing is found under another one.
  const other = await deactivateOn(scene, licence, { product: 'other-product' });
  expect(other).toMatchObject({ ok: false, rejection: { code: 'activation-unknown' } });
});

it('is brought by people of its customer alone: to others the licence does not exist', async () => {
  const [own, other] = [await makeCustomer(scene.portal), await makeCustomer(scene.portal, 'Southgate Works')];
  const assign = own.member.label;
  const licence = await sell(scene, { customer: own.code, assign: [assign] });
  const file = () => requestFor(scene, licence);
  for (const stranger of [other.member, other.admin, own.stranger]) {
    expect((await exchange(scene.portal.contextFor(stranger), file())).code).toBe('activation-code-unknown');
  }
  expect((await exchange(scene.portal.contextFor(own.member), file())).code).toBe('done');
  const returned = () => requestFor(scene, licence, { request: 'deactivation' });
  expect((await exchange(scene.portal.contextFor(other.admin), returned())).code).toBe('activation-unknown');
  expect((await exchange(scene.portal.contextFor(own.admin), returned())).code).toBe('done');
});

it('names licences and devices by whole numbers that every language can hold', async () => {
  const licence = await sell(scene);
  const answer = contentOrCode(await activateOn(scene, licence));
  for (const number of [answer.id, answer.device_id]) {
    expect(Number.isSafeInteger(number)).toBe(true);
    expect(number).toBeGreaterThan(0);
  }
  expect(contentOrCode(await activateOn(scene, licence, { license_id: answer.id }))).toMatchObject({
    id: answer.id,
    device_id: answer.device_id,
  });
});

it('answers a code of the portal that was not sold as a licence where the vendor says so, and no other', async () => {
  const customer = await makeCustomer(scene.portal);
  const terms = { planType: 'perpetual', termEndsAt: null, termLength: null } as const;
  const { code: unsold } = await makeEntitlement(scene.portal, customer, terms);
  const refused = await activateOn(scene, { ...(await sell(scene)), licenceKey: unsold });
  expect(refused).toMatchObject({ ok: false, rejection: { code: 'other-kind-of-file' } });
  const { code } = await makeEntitlement(scene.portal, customer, { ...terms, dialects: ['licensespring'] });
  const licence = { ...(await sell(scene)), licenceKey: code };
  const answer = contentOrCode(await activateOn(scene, licence, { hardware_id: 'press-7' }));
  expect(answer).toMatchObject({ license_key: code, license_type: 'perpetual', max_activations: 5 });
  expect(answer.validity_period).not.toBeNull();
});
