import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disableEntitlement } from '../entitlements/change-entitlement';
import { previewFile } from '../exchange/preview-file';
import { submitFile } from '../exchange/submit-file';
import { perform } from '../operation';
import { exchange, replyOf } from '../testing/exchange';
import { allowGuests, exchangeAsGuest, makeGuest, showToGuest, submitAsGuest } from '../testing/guest';
import { done } from '../testing/scenes/operator-scene';
import { activateBundle } from './activate';
import { createBundle } from './licences/create-bundle';
import type { LicenceMade } from './licences/create-licence';
import { setProduct } from './set-product';
import { runConcurrently } from './testing/run-concurrently';
import type { LicenseSpringScene, Members } from './testing/scene';
import { activateOn, bytesOf, contentOf, contentOrCode, deactivateOn, makeScene, requestFor, sell } from './testing/scene';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene({ connections: 8 });
});

afterAll(() => scene.portal.close());

interface Bundle {
  readonly lines: readonly LicenceMade[];
  /** Names the bundle in requests, in the place of a licence. */
  readonly licence: LicenceMade;
}

let bundles = 0;

/** Sells a bundle of three licences with the given numbers of seats. */
async function sellBundle(seats: readonly [number, number, number] = [2, 2, 2]): Promise<Bundle> {
  bundles += 1;
  const lines: LicenceMade[] = [];
  for (const [index, maxActivations] of seats.entries()) {
    lines.push(await sell(scene, { product: `part-${bundles}-${index}`, maxActivations, customer: lines[0]?.customer }));
  }
  const entitlementIds = lines.map(({ entitlementId }) => entitlementId);
  const made = await done(createBundle, { product: `suite-${bundles}`, entitlementIds }, scene.operator);
  const [first] = lines;
  if (first === undefined) throw new Error('expected a licence');
  return { lines, licence: { ...first, licenceKey: made.licenceKey, product: made.product } };
}

function ask({ licence }: Bundle, changes: Members = {}) {
  const bytes = bytesOf(requestFor(scene, licence, changes));
  return perform(activateBundle, { bytes }, scene.application);
}

async function seatsOf({ lines }: Bundle): Promise<number[]> {
  const rows = await scene.portal.db.execute<{ id: string; held: number }>(sql`select id, seats_held as held from entitlements`);
  return lines.map(({ entitlementId }) => rows.find(({ id }) => id === entitlementId)?.held ?? -1);
}

async function answersOf(): Promise<number> {
  const rows = await scene.portal.db.execute<{ made: number }>(
    sql`select count(*)::integer as made from exchanges where outcome in ('granted', 'renewed')`,
  );
  return rows[0]?.made ?? -1;
}

describe('a bundle', () => {
  it('is answered in one file, each licence with its own device key, on one device', async () => {
    const bundle = await sellBundle();
    const answer = contentOrCode(await ask(bundle));
    expect(Object.keys(answer)).toEqual(['licenses', 'bundle_signature_v2']);
    const licences = answer.licenses as Record<string, unknown>[];
    expect(licences.map(({ id }) => id)).toEqual(bundle.lines.map(({ id }) => id));
    expect(new Set(licences.map(({ device_id }) => device_id)).size).toBe(1);
    expect(licences).toMatchObject(bundle.lines.map(({ product }) => ({ product_details: { short_code: product } })));
    expect(await seatsOf(bundle)).toEqual([1, 1, 1]);
    const ids = bundle.lines.map(({ entitlementId }) => entitlementId);
    const rows = await scene.portal.db.execute<{ keys: number; devices: number }>(sql`
      select count(distinct device_key)::integer as keys, count(distinct device_id)::integer as devices from activations
      where entitlement_id::text in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`);
    expect(rows[0]).toEqual({ keys: 3, devices: 1 });
  });

  it('is named by its own member, or by the product', async () => {
    const bundle = await sellBundle();
    const named = await ask(bundle, { product: bundle.lines[0]?.product, bundle_code: bundle.licence.product });
    expect(named.ok).toBe(true);
    expect((await ask(bundle, { hardware_id: 'press-2' })).ok).toBe(true);
    expect(await seatsOf(bundle)).toEqual([2, 2, 2]);
  });

  it('gives the same answer to the same file, also many times at once', async () => {
    const bundle = await sellBundle();
    const bytes = bytesOf(requestFor(scene, bundle.licence));
    const answers = await runConcurrently(30, 30, () => perform(activateBundle, { bytes }, scene.application));
    const texts = new Set(answers.map((answer) => (answer.ok ? answer.value.text : answer.rejection.code)));
    expect(texts.size).toBe(1);
    expect(await seatsOf(bundle)).toEqual([1, 1, 1]);
  });

  it('is refused whole when one licence cannot be granted, and says which and why', async () => {
    const bundle = await sellBundle([2, 1, 2]);
    expect((await ask(bundle)).ok).toBe(true);
    const before = await answersOf();
    const refused = await ask(bundle, { hardware_id: 'press-2' });
    const product = bundle.lines[1]?.product;
    expect(refused).toMatchObject({ rejection: { code: 'bundle-line-refused', facts: { product, reason: 'no-seat-free' } } });
    expect(await seatsOf(bundle)).toEqual([1, 1, 1]);
    expect(await answersOf()).toBe(before);
    await done(disableEntitlement, { entitlementId: bundle.lines[0]?.entitlementId }, scene.operator);
    expect(await ask(bundle, { hardware_id: 'press-1' })).toMatchObject({
      rejection: { facts: { product: bundle.lines[0]?.product, reason: 'entitlement-disabled' } },
    });
  });

  it('is given to as many devices as its smallest licence allows, when many ask at once', async () => {
    const bundle = await sellBundle([5, 3, 5]);
    const answers = await runConcurrently(12, 12, (index) => ask(bundle, { hardware_id: `machine-${index}` }));
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.rejection.code));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
    expect(codes.filter((code) => code === 'bundle-line-refused')).toHaveLength(9);
    expect(await seatsOf(bundle)).toEqual([3, 3, 3]);
  });

  it('gives seats back one licence at a time', async () => {
    const bundle = await sellBundle();
    await ask(bundle);
    const { lines, licence } = bundle;
    const returned = await deactivateOn(scene, { ...licence, product: lines[1]?.product ?? '' });
    expect(returned.ok).toBe(true);
    expect(await seatsOf(bundle)).toEqual([1, 0, 1]);
  });

  it('is refused by the name of a plain product, of none, and with a key that it is not sold under', async () => {
    const bundle = await sellBundle();
    const { lines, licence } = bundle;
    expect(contentOrCode(await ask({ ...bundle, licence: { ...licence, product: lines[0]?.product ?? '' } }))).toEqual({
      code: 'not-a-bundle',
    });
    expect(contentOrCode(await ask(bundle, { bundle_code: 'no-such-suite' }))).toEqual({ code: 'product-unknown' });
    const plain = { ...bundle, licence: { ...licence, licenceKey: lines[0]?.licenceKey ?? '' } };
    expect(contentOrCode(await ask(plain))).toEqual({ code: 'entitlement-unknown' });
    expect(contentOrCode(await ask(bundle, { license_key: 'ABCDE-ABCDE-ABCDE-ABCDE' }))).toEqual({
      code: 'activation-code-unknown',
    });
    await done(setProduct, { code: licence.product, isArchived: true }, scene.operator);
    expect(contentOrCode(await ask(bundle))).toEqual({ code: 'product-archived' });
    expect(await seatsOf(bundle)).toEqual([0, 0, 0]);
  });

  it('is brought by a person, who sees all that it activates before anything changes', async () => {
    const bundle = await sellBundle([2, 1, 2]);
    const file = requestFor(scene, bundle.licence);
    const submitted = await done(submitFile, { fileName: 'ls_activation.req', bytes: bytesOf(file) }, scene.operator);
    const preview = await done(previewFile, { submissionId: submitted.submissionId }, scene.operator);
    const lines = preview.preview?.kind === 'activation' ? preview.preview.bundle : null;
    expect(lines?.map(({ offeringCode }) => offeringCode)).toEqual(bundle.lines.map(({ offering }) => offering));
    expect(await seatsOf(bundle)).toEqual([0, 0, 0]);
    const answered = await exchange(scene.operator, file);
    expect(answered.code).toBe('done');
    const content = contentOf(await replyOf(scene.operator, answered));
    expect(content.licenses).toHaveLength(3);
    expect(await seatsOf(bundle)).toEqual([1, 1, 1]);
    expect(await exchange(scene.operator, file)).toMatchObject({ code: 'repeated', exchangeId: answered.exchangeId });
    const other = await exchange(scene.operator, requestFor(scene, bundle.licence, { hardware_id: 'press-2' }));
    expect(other.code).toBe('bundle-line-refused');
    expect(await seatsOf(bundle)).toEqual([1, 1, 1]);
  });

  it('is brought without an account, where all its products allow that, and answered again with the same', async () => {
    const bundle = await sellBundle();
    const context = scene.portal.contextFor(makeGuest());
    const file = requestFor(scene, bundle.licence);
    expect((await submitAsGuest(context, file)).code).toBe('not-found');
    for (const { product } of bundle.lines.slice(1)) await allowGuests(scene.portal, true, product);
    expect((await submitAsGuest(context, file)).code).toBe('guest-refused');
    await allowGuests(scene.portal, true, bundle.lines[0]?.product);
    const first = await exchangeAsGuest(context, file);
    const again = await exchangeAsGuest(context, file);
    expect(await seatsOf(bundle)).toEqual([1, 1, 1]);
    const shown = [await showToGuest(context, first.submissionId), await showToGuest(context, again.submissionId)];
    const texts = shown.map((result) => (result.ok && result.value.state === 'answered' ? result.value.reply.text : null));
    expect(contentOf(texts[0] ?? '').licenses).toHaveLength(3);
    expect(texts[1]).toBe(texts[0]);
  });

  it('is asked for as a bundle, not as one licence', async () => {
    const bundle = await sellBundle();
    expect(contentOrCode(await activateOn(scene, bundle.licence))).toEqual({ code: 'product-is-bundle' });
    expect(await seatsOf(bundle)).toEqual([0, 0, 0]);
  });

  it('is made of licences of one customer and of different products', async () => {
    const [one, same] = [await sell(scene), await sell(scene)];
    const other = await sell(scene, { product: 'elsewhere' });
    const make = (entitlementIds: string[]) => perform(createBundle, { product: 'never-made', entitlementIds }, scene.operator);
    expect(await make([one.entitlementId, same.entitlementId])).toMatchObject({ rejection: { code: 'input-refused' } });
    expect(await make([one.entitlementId, other.entitlementId])).toMatchObject({ rejection: { code: 'input-refused' } });
    const plain = await perform(createBundle, { product: 'elsewhere', entitlementIds: [one.entitlementId] }, scene.operator);
    expect(plain).toMatchObject({ rejection: { code: 'not-a-bundle' } });
  });
});
