import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OperationContext } from '../context';
import type { Limit } from '../limits/limits';
import { LIMITS } from '../limits/limits';
import { consume } from '../limits/rate-limit';
import { perform } from '../operation';
import { tally } from '../testing/at-once';
import { activate, deactivate } from './activate';
import { runConcurrently } from './testing/run-concurrently';
import type { LicenseSpringScene } from './testing/scene';
import { bytesOf, makeScene, requestFor, sell } from './testing/scene';

let scene: LicenseSpringScene;

beforeAll(async () => {
  scene = await makeScene({ connections: 8 });
});
afterAll(() => scene.portal.close());

/** An application at a network address that nobody else uses. */
const applicationAt = (client: string): OperationContext =>
  scene.portal.contextFor({ role: 'application', label: 'LicenseSpring API', client });

const codeOf = (result: { ok: true } | { ok: false; rejection: { code: string } }) => ({
  code: result.ok ? 'done' : result.rejection.code,
});

async function spend(limit: Limit, key: string, times: number): Promise<void> {
  await runConcurrently(times, 20, () => consume(scene.portal.db, limit, key));
}

async function count(table: 'exchanges' | 'audit_entries'): Promise<number> {
  const rows = await scene.portal.db.execute<{ found: number }>(
    sql`select count(*)::integer as found from ${sql.identifier(table)}`,
  );
  return rows[0]?.found ?? -1;
}

it('files of one licence that are refused, from wherever, are written down by the hundred and not by the thousand', async () => {
  const licence = await sell(scene);
  const ask = (index: number) => {
    const bytes = bytesOf(requestFor(scene, licence, { license_key: 'AAAA-BBBB-CCCC-DDDD', hardware_id: `press-${index}` }));
    return perform(activate, { bytes }, applicationAt(`198.51.100.${index % 250}`));
  };
  const before = await count('exchanges');
  const results = await runConcurrently(600, 20, ask);
  expect(tally(results.map(codeOf))).toEqual({ 'activation-code-unknown': 500, 'too-many-refusals': 100 });
  expect(await count('exchanges')).toBe(before + 500);
});

it('files of one application that cannot be read are bounded, and what can be answered is', async () => {
  const context = applicationAt('192.0.2.20');
  await spend(LIMITS.refusalsByApplication, '192.0.2.20', LIMITS.refusalsByApplication.points - 1);
  const bad = () => perform(activate, { bytes: bytesOf(randomUUID()) }, context);
  const [files, entries] = [await count('exchanges'), await count('audit_entries')];
  expect(codeOf(await bad()).code).toMatch(/^file-/);
  for (let round = 0; round < 3; round += 1) {
    expect(await bad()).toMatchObject({ rejection: { code: 'too-many-refusals', facts: { retryAt: expect.any(String) } } });
  }
  expect([await count('exchanges'), await count('audit_entries')]).toEqual([files + 1, entries + 2]);
  const bytes = bytesOf(requestFor(scene, await sell(scene)));
  expect(codeOf(await perform(activate, { bytes }, context))).toEqual({ code: 'done' });
  expect(codeOf(await perform(activate, { bytes: bytesOf('nonsense') }, applicationAt('192.0.2.21'))).code).toMatch(/^file-/);
});

it('one file is answered as often as it is sent, and written down as often as refusals are', async () => {
  const context = applicationAt('192.0.2.22');
  const bytes = bytesOf(requestFor(scene, await sell(scene)));
  expect(codeOf(await perform(activate, { bytes }, context))).toEqual({ code: 'done' });
  await spend(LIMITS.refusalsByApplication, '192.0.2.22', LIMITS.refusalsByApplication.points - 5);
  const before = await count('exchanges');
  const answers = await runConcurrently(20, 5, () => perform(activate, { bytes }, context));
  expect(tally(answers.map(codeOf))).toEqual({ done: 20 });
  expect(await count('exchanges')).toBe(before + 5);
});

it('deactivations of what is not activated are bounded by device', async () => {
  const licence = await sell(scene);
  const ask = (index: number) => {
    const members = { request: 'deactivation', request_id: randomUUID() };
    return perform(
      deactivate,
      { bytes: bytesOf(requestFor(scene, licence, members)) },
      applicationAt(`203.0.113.${index % 250}`),
    );
  };
  const before = await count('exchanges');
  const results = await runConcurrently(520, 20, ask);
  const { 'too-many-refusals': held = 0, ...others } = tally(results.map(codeOf));
  expect(held).toBe(20);
  expect(Object.values(others)).toEqual([500]);
  expect(await count('exchanges')).toBe(before + 500);
});
