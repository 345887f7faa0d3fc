import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perform } from '../operation';
import { allowGuests, makeGuest, submitAsGuest } from '../testing/guest';
import { createLicence } from './licences/create-licence';
import type { LicenseSpringScene } from './testing/scene';
import { activateOn, contentOrCode, deactivateOn, makeScene, requestFor, sell } from './testing/scene';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene();
});

afterAll(() => scene.portal.close());

const userNamed = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  user: { name, password: 'correct horse', firstName: 'Ann', lastName: 'Smith', ...more },
});

it('answers a user by name and password, and tells who it is', async () => {
  const licence = await sell(scene, userNamed('ann@example.com'));
  expect(licence.licenceKey).toBeNull();
  const answer = contentOrCode(await activateOn(scene, licence));
  expect(answer).toMatchObject({
    username: 'ann@example.com',
    user: { email: 'ann@example.com', first_name: 'Ann', last_name: 'Smith', max_activations: 2, total_activations: 1 },
    product_details: { authorization_method: 'user' },
  });
  expect(answer).not.toHaveProperty('license_key');
});

it('knows a user by what stands before the bar, signs and repeats the whole name', async () => {
  const licence = await sell(scene, { ...userNamed('bar@example.com'), maxActivations: 1 });
  const whole = { username: 'bar@example.com|AC-2041' };
  expect(contentOrCode(await activateOn(scene, licence, whole))).toMatchObject({
    ...whole,
    user: { email: 'bar@example.com' },
    times_activated: 1,
  });
  // Another text after the bar is the same user on the same device.
  expect(contentOrCode(await activateOn(scene, licence, { username: 'bar@example.com|AC-7' }))).toMatchObject({
    times_activated: 1,
  });
  expect(await deactivateOn(scene, licence)).toMatchObject({ ok: true });
});

it('refuses a wrong password, an unknown user, and tells nothing of the licence to either', async () => {
  const licence = await sell(scene, { ...userNamed('bob@example.com'), isDisabled: true });
  expect(contentOrCode(await activateOn(scene, licence, { password: 'wrong' }))).toEqual({ code: 'licensespring-user-refused' });
  expect(contentOrCode(await activateOn(scene, licence, { username: 'nobody@example.com' }))).toEqual({
    code: 'activation-code-unknown',
  });
  expect(contentOrCode(await activateOn(scene, licence))).toEqual({ code: 'entitlement-disabled' });
});

it('tells a guest with a wrong password as little as one with an unknown user', async () => {
  await allowGuests(scene.portal);
  const licence = await sell(scene, userNamed('cat@example.com'));
  const context = scene.portal.contextFor(makeGuest());
  const wrong = await submitAsGuest(context, requestFor(scene, licence, { password: 'wrong' }));
  const unknown = await submitAsGuest(context, requestFor(scene, licence, { username: 'nobody@example.com' }));
  expect([wrong.code, unknown.code]).toEqual(['guest-refused', 'guest-refused']);
});

it('counts the seats of a user beside those of the licence', async () => {
  const licence = await sell(scene, { ...userNamed('dan@example.com', { maxActivations: 1 }), maxActivations: 5 });
  expect(contentOrCode(await activateOn(scene, licence))).toMatchObject({ max_activations: 5, user: { max_activations: 1 } });
  expect(contentOrCode(await activateOn(scene, licence))).toMatchObject({ user: { total_activations: 1 } });
  expect(contentOrCode(await activateOn(scene, licence, { hardware_id: 'press-2' }))).toEqual({ code: 'user-seats-used' });
  await deactivateOn(scene, licence);
  expect(contentOrCode(await activateOn(scene, licence, { hardware_id: 'press-2' }))).toMatchObject({
    user: { total_activations: 1 },
  });
});

it('gives a user who asks for many devices at once as many as they may have', async () => {
  const licence = await sell(scene, { ...userNamed('eve@example.com', { maxActivations: 3 }), maxActivations: 20 });
  const asked = Array.from({ length: 12 }, (_, index) => activateOn(scene, licence, { hardware_id: `machine-${index}` }));
  const codes = (await Promise.all(asked)).map((result) => (result.ok ? 'ok' : result.rejection.code));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(3);
  expect(codes.filter((code) => code === 'user-seats-used')).toHaveLength(9);
  const rows = await scene.portal.db.execute<{ held: number }>(
    sql`select seats_held as held from entitlements where id = ${licence.entitlementId}::uuid`,
  );
  expect(rows[0]?.held).toBe(3);
});

it('gives one name to one user when many are created at once', async () => {
  const order = { product: 'press-control', type: 'perpetual', maxActivations: 1, ...userNamed('fay@example.com') };
  expect((await perform(createLicence, order, scene.operator)).ok).toBe(true);
  expect(await perform(createLicence, order, scene.operator)).toMatchObject({ ok: false, rejection: { code: 'already-exists' } });
});

it('keeps no password in the clear, nor any key of a licence', async () => {
  const licence = await sell(scene, userNamed('gil@example.com', { password: 'a very rare password' }));
  const keyed = await sell(scene);
  await activateOn(scene, licence, { hardware_id: 'press-8' });
  await activateOn(scene, keyed, { hardware_id: 'press-9' });
  const tables = await scene.portal.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  for (const { name } of tables) {
    const rows = await scene.portal.db.execute<{
      found: number;
    }>(sql`select count(*)::integer as found from ${sql.identifier(name)} t
      where t::text like '%a very rare password%' or t::text like ${`%${keyed.licenceKey}%`}`);
    expect([name, rows[0]?.found]).toEqual([name, 0]);
  }
});
