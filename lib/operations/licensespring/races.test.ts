import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { perform } from '../operation';
import { activate } from './activate';
import { runConcurrently } from './testing/run-concurrently';
import type { LicenseSpringScene } from './testing/scene';
import { activateOn, bytesOf, contentOrCode, deactivateOn, makeScene, nextDate, requestFor, sell } from './testing/scene';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene({ connections: 10 });
});

afterAll(() => scene.portal.close());

async function count(entitlementId: string) {
  const rows = await scene.portal.db.execute<{ held: number; activations: number; answers: number }>(sql`
    select e.seats_held as held,
      (select count(*)::integer from activations a where a.entitlement_id = e.id) as activations,
      (select count(*)::integer from exchanges x where x.entitlement_id = e.id and x.outcome in ('granted', 'renewed')) as answers
    from entitlements e where e.id = ${entitlementId}::uuid`);
  return { ...rows[0] };
}

it('takes one seat and gives one answer for the same file, twice and a thousand times at once', async () => {
  const licence = await sell(scene);
  const bytes = bytesOf(requestFor(scene, licence));
  const ask = () => perform(activate, { bytes }, scene.application);
  const answers = await runConcurrently(1000, 50, ask);
  const texts = new Set(answers.map((answer) => (answer.ok ? answer.value.text : answer.rejection.code)));
  expect(texts.size).toBe(1);
  expect(contentOrCode(await ask())).toMatchObject({ times_activated: 1 });
  expect(await count(licence.entitlementId)).toEqual({ held: 1, activations: 1, answers: 1 });
});

it('never gives one device too many when many ask at once', async () => {
  const licence = await sell(scene, { maxActivations: 10 });
  const answers = await runConcurrently(60, 60, (index) => activateOn(scene, licence, { hardware_id: `machine-${index}` }));
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.rejection.code));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(10);
  expect(codes.filter((code) => code === 'no-seat-free')).toHaveLength(50);
  expect(await count(licence.entitlementId)).toMatchObject({ held: 10, activations: 10 });
});

it('frees one seat for the same deactivation, many times at once', async () => {
  const licence = await sell(scene);
  await activateOn(scene, licence);
  await activateOn(scene, licence, { hardware_id: 'press-2' });
  const members = { request_id: '0a7a2a39-5f2b-4b0b-8b94-f4f4b1f0a001', date: nextDate() };
  const answers = await runConcurrently(40, 40, () => deactivateOn(scene, licence, members));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(await count(licence.entitlementId)).toMatchObject({ held: 1 });
});
