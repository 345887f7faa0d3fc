import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newAttempt } from '../context';
import { commitDeactivation } from '../exchange/commit-deactivation';
import { evaluateFile } from '../exchange/evaluate-file';
import { openFile } from '../exchange/open-file';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { releaseSeat } from '../seats/release-seat';
import { done } from '../testing/scenes/operator-scene';
import { OPERATOR } from '../testing/test-customer';
import { activateBundle } from './activate';
import { createBundle } from './licences/create-bundle';
import type { LicenceMade } from './licences/create-licence';
import type { LicenseSpringScene } from './testing/scene';
import { activateOn, bytesOf, deactivateOn, makeScene, nextDate, requestFor, sell, takeVersion1 } from './testing/scene';
import { call, handIn, heldOf, IN_VERSION_1, sellVersion1, tamper } from './testing/send-file';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene({ connections: 8 });
});

afterAll(() => scene.portal.close());

describe('a deactivation has to be later than the newest activation that was answered for its device', () => {
  const returnAt = async (licence: LicenceMade, date: string) => {
    const result = await deactivateOn(scene, licence, { date });
    return result.ok ? 'ok' : result.rejection.code;
  };
  const dates = () => [nextDate(), nextDate(), nextDate(), nextDate()] as const;

  it('in the same second it is refused, in the next it is taken, in either version', async () => {
    for (const version of [IN_VERSION_1, {}]) {
      const licence = await sellVersion1(scene);
      const [first, second] = dates();
      expect((await activateOn(scene, licence, { ...version, date: first })).ok).toBe(true);
      expect(await deactivateOn(scene, licence, { ...version, date: first })).toMatchObject({
        rejection: { code: 'file-predates-activation', facts: { issuedAt: new Date(first).toISOString() } },
      });
      expect(await heldOf(scene, licence)).toBe(1);
      expect((await deactivateOn(scene, licence, { ...version, date: second })).ok).toBe(true);
      expect(await heldOf(scene, licence)).toBe(0);
    }
  });

  it('in each order of its requests', async () => {
    const licence = await sellVersion1(scene);
    const [first, second, third, fourth] = dates();
    for (const date of [second, third, first]) expect((await activateOn(scene, licence, { date })).ok).toBe(true);
    for (const date of [first, second, third]) expect(await returnAt(licence, date)).toBe('file-predates-activation');
    expect(await heldOf(scene, licence)).toBe(1);
    expect(await returnAt(licence, fourth)).toBe('ok');
  });

  it('also after a refresh, a deactivation, a release, and an activation by an older file', async () => {
    const licence = await sell(scene, { maxActivations: 1, product: 'of-a-long-life', releaseRule: 'at-once' });
    const [first, second, third, fourth] = dates();
    const activation = async (date: string) => {
      expect((await activateOn(scene, licence, { date })).ok).toBe(true);
      const rows = await scene.portal.db.execute<{ id: string }>(
        sql`select id from activations where entitlement_id = ${licence.entitlementId}::uuid and state = 'active'`,
      );
      return rows[0]?.id ?? '';
    };
    const activationId = await activation(second);
    expect((await perform(issueRefresh, { activationId }, scene.operator)).ok).toBe(true);
    expect(await returnAt(licence, second)).toBe('file-predates-activation');
    expect(await returnAt(licence, third)).toBe('ok');
    await activation(first);
    expect(await returnAt(licence, second)).toBe('file-predates-activation');
    const released = await activation(fourth);
    await done(releaseSeat, { activationId: released, reason: 'lost' }, scene.operator);
    await activation(nextDate());
    expect(await returnAt(licence, fourth)).toBe('file-predates-activation');
    expect(await heldOf(scene, licence)).toBe(1);
    expect(await returnAt(licence, nextDate())).toBe('ok');
  });

  it('of its device alone: another one is not in its way', async () => {
    const licence = await sell(scene, { product: 'of-two-devices' });
    const [first, second, third] = dates();
    await activateOn(scene, licence, { date: first });
    await activateOn(scene, licence, { date: third, hardware_id: 'press-2' });
    expect(await returnAt(licence, second)).toBe('ok');
  });

  it('also of a bundle, one licence of it after the other', async () => {
    const lines = [await sellVersion1(scene)];
    const [first] = lines;
    lines.push(await sell(scene, { product: `${first?.product}-b`, customer: first?.customer }));
    for (const line of lines) await takeVersion1(scene, line);
    const entitlementIds = lines.map(({ entitlementId }) => entitlementId);
    const made = await done(createBundle, { product: `${first?.product}-suite`, entitlementIds }, scene.operator);
    await takeVersion1(scene, { product: made.product });
    if (first === undefined) throw new Error('expected a licence');
    const bundle = { ...first, licenceKey: made.licenceKey, product: made.product };
    const file = requestFor(scene, bundle, IN_VERSION_1);
    expect((await perform(activateBundle, { bytes: bytesOf(file) }, scene.application)).ok).toBe(true);
    for (const line of lines) {
      const turned = tamper(file, { request: 'deactivation', product: line.product });
      expect(await call(scene, 'deactivation', turned)).toBe('file-predates-activation');
      expect((await handIn(scene, turned)).code).toBe('file-predates-activation');
      expect(await heldOf(scene, line)).toBe(1);
    }
    for (const { product } of lines) expect((await deactivateOn(scene, { ...bundle, product })).ok).toBe(true);
  });

  it('also of a bundle that is named beside the product of one of its licences', async () => {
    const one = await sell(scene, { product: 'of-named-a' });
    const other = await sell(scene, { product: 'of-named-b', customer: one.customer });
    const entitlementIds = [one.entitlementId, other.entitlementId];
    const made = await done(createBundle, { product: 'of-named-suite', entitlementIds }, scene.operator);
    const unsaid = requestFor(scene, { ...one, licenceKey: made.licenceKey }, { request: undefined, bundle_code: made.product });
    expect((await perform(activateBundle, { bytes: bytesOf(unsaid) }, scene.application)).ok).toBe(true);
    expect(await call(scene, 'deactivation', unsaid)).toBe('request-id-reused');
    expect([await heldOf(scene, one), await heldOf(scene, other)]).toEqual([1, 1]);
  });

  it('and is decided on anew when the device was activated meanwhile', async () => {
    const licence = await sell(scene, { product: 'of-a-race' });
    const [first, second, third] = dates();
    await activateOn(scene, licence, { date: first });
    const context = { ...scene.operator, actor: OPERATOR, attempt: newAttempt() };
    const keys = await context.keyring.current();
    const file = requestFor(scene, licence, { date: second, request: 'deactivation' });
    const read = await openFile({}, { file: { name: null, bytes: bytesOf(file) }, keys });
    if (!read.ok) throw new Error(`expected a request, found ${read.rejection.code}`);
    const evaluated = await evaluateFile(context, { opened: read.opened, keys });
    if (evaluated.kind !== 'deactivation' || evaluated.decision.outcome !== 'return' || evaluated.found === null) {
      throw new Error(`expected a return, found ${evaluated.decision.outcome}`);
    }
    await activateOn(scene, licence, { date: third });
    expect(await commitDeactivation(context, { evaluated, file: {} })).toBe('stale');
    expect(await heldOf(scene, licence)).toBe(1);
    expect(await call(scene, 'deactivation', file)).toBe('file-predates-activation');
  });
});
