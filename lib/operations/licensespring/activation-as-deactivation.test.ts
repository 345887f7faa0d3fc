import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateKind } from '../exchange/submit-file';
import { guestSayKind } from '../guest/guest-submit';
import { allowGuests, exchangeAsGuest, makeGuest } from '../testing/guest';
import { done } from '../testing/scenes/operator-scene';
import type { LicenseSpringScene, Members } from './testing/scene';
import { activateOn, encode, makeScene, requestFor, sell } from './testing/scene';
import { call, handIn, heldOf, IN_VERSION_1, sellVersion1, tamper } from './testing/send-file';

/*
 * An activation file of version 1 must not pass as a deactivation when its unsigned members are changed: the machine would run on while its
 * seat is free for the next one.
 */

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => scene.portal.close());

describe('a file of version 1 that activated a device', () => {
  const TURNS: readonly (readonly [string, Members, string])[] = [
    ['with the other word in it', { request: 'deactivation' }, 'request-id-reused'],
    ['and another id', { request: 'deactivation', request_id: randomUUID() }, 'file-predates-activation'],
    ['and no id', { request: 'deactivation', request_id: '' }, 'file-predates-activation'],
    ['and other variables', { request: 'deactivation', variables: { line: 9 } }, 'file-predates-activation'],
    ['and members nobody knows', { request: 'deactivation', colour: 'red' }, 'file-predates-activation'],
    ['and another host', { request: 'deactivation', hostname: 'elsewhere' }, 'file-predates-activation'],
  ];

  it.each(TURNS)('frees nothing %s, however it is brought', async (_, changes, code) => {
    const licence = await sellVersion1(scene);
    await allowGuests(scene.portal, true, licence.product);
    const file = requestFor(scene, licence, IN_VERSION_1);
    expect(await call(scene, 'activation', file)).toBe('ok');
    const turned = tamper(file, changes);
    expect(await call(scene, 'deactivation', turned)).toBe(code);
    expect((await handIn(scene, turned)).code).toBe(code);
    expect((await handIn(scene, turned, { name: 'ls_deactivation.req', kindAsked: 'deactivation' })).code).toBe(code);
    expect((await exchangeAsGuest(scene.portal.contextFor(makeGuest()), turned)).code).toBe(code);
    expect(await heldOf(scene, licence)).toBe(1);
  });

  it('frees nothing under the name of a deactivation, or as its bringer answers', async () => {
    const licence = await sellVersion1(scene);
    await allowGuests(scene.portal, true, licence.product);
    const file = requestFor(scene, licence, { ...IN_VERSION_1, request: undefined });
    expect((await handIn(scene, file, { name: 'ls_activation.req' })).code).toBe('ok');
    expect((await handIn(scene, file, { name: 'ls_deactivation.req' })).code).toBe('request-id-reused');
    expect((await handIn(scene, file, { kindAsked: 'deactivation' })).code).toBe('request-id-reused');
    expect(await call(scene, 'deactivation', file)).toBe('request-id-reused');

    const unclear = await handIn(scene, file);
    expect(unclear.code).toBe('file-kind-unclear');
    const said = await done(stateKind, { submissionId: unclear.submissionId, kind: 'deactivation' }, scene.operator);
    expect(said.rejection?.code).toBe('request-id-reused');
    expect(await heldOf(scene, licence)).toBe(1);
  });

  it('frees nothing when a guest answers the question', async () => {
    const licence = await sellVersion1(scene);
    await allowGuests(scene.portal, true, licence.product);
    const file = requestFor(scene, licence, { ...IN_VERSION_1, request: undefined });
    expect(await call(scene, 'activation', file)).toBe('ok');
    const guest = scene.portal.contextFor(makeGuest());
    const unclear = await exchangeAsGuest(guest, file);
    expect(unclear.code).toBe('file-kind-unclear');
    const said = await done(guestSayKind, { submissionId: unclear.submissionId, kind: 'deactivation' }, guest);
    expect(said.rejection?.code).toBe('request-id-reused');
    expect(await heldOf(scene, licence)).toBe(1);
  });

  it('frees nothing when it is taken out of a file of version 2', async () => {
    const licence = await sellVersion1(scene);
    const file = requestFor(scene, licence);
    expect(await call(scene, 'activation', file)).toBe('ok');
    const { request } = JSON.parse(Buffer.from(file, 'base64').toString());
    const taken = tamper(encode(request), { schema_version: 1, request: 'deactivation' });
    expect(await call(scene, 'deactivation', taken)).toBe('file-predates-activation');
    expect((await handIn(scene, taken)).code).toBe('file-predates-activation');
    expect(await heldOf(scene, licence)).toBe(1);
  });

  it('is not activated with again once it gave a seat back', async () => {
    const licence = await sellVersion1(scene);
    expect((await activateOn(scene, licence, IN_VERSION_1)).ok).toBe(true);
    const file = requestFor(scene, licence, { ...IN_VERSION_1, request: undefined });
    expect(await call(scene, 'deactivation', file)).toBe('ok');
    expect(await call(scene, 'activation', file)).toBe('request-id-reused');
    expect((await handIn(scene, file, { name: 'ls_activation.req' })).code).toBe('request-id-reused');
    expect(await heldOf(scene, licence)).toBe(0);
  });
});

describe('a file of version 2 that does not say what it asks for', () => {
  it.each([
    ['with an id', {}],
    ['without an id', { request_id: undefined }],
  ])('is refused as a file under each name and each stated kind: %s', async (_, changes) => {
    const licence = await sell(scene, { product: 'of-new' });
    await allowGuests(scene.portal, true, licence.product);
    const file = requestFor(scene, licence, { ...changes, request: undefined });
    for (const name of ['ls_activation.req', 'ls_deactivation.req', 'x.req']) {
      for (const kindAsked of [null, 'activation', 'deactivation'] as const) {
        expect((await handIn(scene, file, { name, kindAsked })).code).toBe('file-kind-unsigned');
      }
    }
    expect((await exchangeAsGuest(scene.portal.contextFor(makeGuest()), file)).code).toBe('file-kind-unsigned');
    expect(await heldOf(scene, licence)).toBe(0);
  });

  it.each([
    ['with an id', {}],
    ['without an id', { request_id: undefined }],
  ])('is answered over HTTP, where the address says it, and as one kind alone: %s', async (_, changes) => {
    const licence = await sell(scene, { product: 'of-http' });
    const file = requestFor(scene, licence, { ...changes, request: undefined });
    expect(await call(scene, 'activation', file)).toBe('ok');
    expect(await call(scene, 'deactivation', file)).toBe('request-id-reused');
    expect(await call(scene, 'activation', file)).toBe('ok');
    expect(await heldOf(scene, licence)).toBe(1);
    const later = requestFor(scene, licence, { ...changes, request: undefined });
    expect(await call(scene, 'deactivation', later)).toBe('ok');
    expect(await call(scene, 'activation', later)).toBe('request-id-reused');
    expect(await heldOf(scene, licence)).toBe(0);
  });
});

it('a product that was made a moment ago takes no file of version 1, in a portal that runs', async () => {
  await scene.portal.keyring.current();
  const licence = await sell(scene, { product: 'of-this-moment' });
  expect(await call(scene, 'activation', requestFor(scene, licence, IN_VERSION_1))).toBe('file-schema-too-old');
});
