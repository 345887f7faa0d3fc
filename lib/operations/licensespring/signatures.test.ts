import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { signaturesMade } from '@/lib/signing/background-signer';
import type { Actor } from '../actor';
import type { OperationContext } from '../context';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { tally } from '../testing/at-once';
import { gateCommits } from '../testing/chaos/gated-commits';
import { makeCustomer, makeSupport } from '../testing/test-customer';
import type { Replica } from '../testing/test-portal';
import { makeReplica } from '../testing/test-portal';
import { activate } from './activate';
import type { LicenceMade } from './licences/create-licence';
import type { LicenseSpringScene } from './testing/scene';
import { activateOn, bytesOf, makeScene, requestFor, sell } from './testing/scene';

/** Signatures in the answer of one licence. */
const EACH = 2;

let scene: LicenseSpringScene;
let replica: Replica;
let support: Actor;
let before = 0;

beforeAll(async () => {
  scene = await makeScene({ connections: 10 });
  replica = makeReplica(scene.portal);
  support = await makeSupport(scene.portal);
});

afterAll(async () => {
  await replica.close();
  await scene.portal.close();
});

beforeEach(() => {
  before = signaturesMade();
});

const signed = () => signaturesMade() - before;
const many = <Value>(count: number, act: (index: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
/** Two portals whose first commits wait for one another. */
function meeting(actor: Actor): [OperationContext, OperationContext] {
  const gate = gateCommits(2);
  const [here, there] = [scene.portal.contextFor(actor), replica.contextFor(actor)];
  return [
    { ...here, db: gate.before(here.db) },
    { ...there, db: gate.before(there.db) },
  ];
}

const codeOf = (answer: { ok: true } | { ok: false; rejection: { code: string } }) => ({
  code: answer.ok ? 'done' : answer.rejection.code,
});

async function activationOf({ entitlementId }: LicenceMade): Promise<string> {
  const rows = await scene.portal.db.execute<{ id: string }>(
    sql`select id from activations where entitlement_id = ${entitlementId}::uuid and state = 'active'`,
  );
  expect(rows).toHaveLength(1);
  return rows[0]?.id ?? '';
}

async function sequencesOf(activationId: string): Promise<number[]> {
  const rows = await scene.portal.db.execute<{ sequence: number }>(
    sql`select sequence from leases where activation_id = ${activationId}::uuid order by 1`,
  );
  return rows.map(({ sequence }) => sequence);
}

it('one request many times at once is signed once', async () => {
  const bytes = bytesOf(requestFor(scene, await sell(scene)));
  const answers = await many(60, () => perform(activate, { bytes }, scene.application));
  expect(tally(answers.map(codeOf))).toEqual({ done: 60 });
  expect(signed()).toBe(EACH);
});

it('of many requests of one machine at once each that is signed is answered, and those beyond its line are told to come again', async () => {
  const licence = await sell(scene);
  const askedAt = Date.now();
  const answers = await many(120, () => activateOn(scene, licence));
  const { done = 0, 'too-many-at-once': later = 0, ...others } = tally(answers.map(codeOf));
  expect(others).toEqual({});
  expect(done + later).toBe(120);
  expect(done).toBeGreaterThan(1);
  expect(done).toBeLessThan(60);
  expect(signed()).toBe(done * EACH);
  expect(await sequencesOf(await activationOf(licence))).toEqual(Array.from({ length: done }, (_, index) => index + 1));
  const held = answers.find((answer) => !answer.ok);
  expect(held?.ok === false && Date.parse(String(held.rejection.facts.retryAt))).toBeGreaterThan(askedAt);
  // The queue is empty when its waiters are gone.
  expect(codeOf(await activateOn(scene, licence))).toEqual({ code: 'done' });
});

it('of many machines at once nearly only those are signed for that get a seat', async () => {
  const licence = await sell(scene, { maxActivations: 10 });
  const answers = await many(80, (index) => activateOn(scene, licence, { hardware_id: `machine-${index}` }));
  expect(tally(answers.map(codeOf))).toEqual({ done: 10, 'no-seat-free': 70 });
  // The last commits may be under way while the next is looked at.
  expect(signed()).toBeLessThanOrEqual(14 * EACH);
});

it('many refreshes of one device at once are one refresh', async () => {
  const licence = await sell(scene);
  await activateOn(scene, licence);
  const activationId = await activationOf(licence);
  before = signaturesMade();
  const refreshed = await many(60, () => perform(issueRefresh, { activationId }, scene.portal.contextFor(support)));
  const files = new Set(refreshed.map((result) => (result.ok ? result.value.exchangeId : result.rejection.code)));
  expect(files.size).toBe(1);
  expect(signed()).toBe(EACH);
  expect(await sequencesOf(activationId)).toEqual([1, 2]);
  expect(codeOf(await perform(issueRefresh, { activationId }, scene.portal.contextFor(support)))).toEqual({ code: 'done' });
  expect(await sequencesOf(activationId)).toEqual([1, 2, 3]);
});

it('two portals that refresh one device at once for one person give the same file', async () => {
  const licence = await sell(scene);
  await activateOn(scene, licence);
  const activationId = await activationOf(licence);
  const contexts = meeting(support);
  const results = await many(20, (index) => perform(issueRefresh, { activationId }, contexts[index % 2] ?? contexts[0]));
  const files = results.map((result) => (result.ok ? result.value.exchangeId : result.rejection.code));
  expect(new Set(files).size).toBe(1);
  expect(await sequencesOf(activationId)).toEqual([1, 2]);
});

it('two portals that answer one machine at once sign one answer in vain at most', async () => {
  const licence = await sell(scene);
  const bytes = bytesOf(requestFor(scene, licence));
  const contexts = meeting(scene.application.actor);
  const answers = await many(40, (index) => perform(activate, { bytes }, contexts[index % 2] ?? contexts[0]));
  const texts = new Set(answers.map((answer) => (answer.ok ? answer.value.text : answer.rejection.code)));
  expect(texts.size).toBe(1);
  expect(signed()).toBeLessThanOrEqual(2 * EACH);
});

it('somebody else’s answer does not wait for all of a burst', async () => {
  const [one, other] = [await makeCustomer(scene.portal), await makeCustomer(scene.portal)];
  const greedy = await sell(scene, { maxActivations: 40, customer: one.code });
  const modest = await sell(scene, { customer: other.code });
  const answered: string[] = [];
  const ask = async (name: string, licence: LicenceMade) => {
    expect(codeOf(await activateOn(scene, licence, { hardware_id: name }))).toEqual({ code: 'done' });
    answered.push(name);
  };
  const burst = Array.from({ length: 40 }, (_, index) => ask(`machine-${index}`, greedy));
  await Promise.all([...burst, ask('modest', modest)]);
  // Its turn is one of the next once it waits; it waits once it was read and decided.
  expect(answered.indexOf('modest')).toBeLessThan(25);
});

it('another person’s refresh at the same time is their own', async () => {
  const licence = await sell(scene);
  await activateOn(scene, licence);
  const activationId = await activationOf(licence);
  const colleague = await makeSupport(scene.portal);
  const results = await Promise.all(
    [support, colleague].map((actor) => perform(issueRefresh, { activationId }, scene.portal.contextFor(actor))),
  );
  expect(new Set(results.map((result) => (result.ok ? result.value.exchangeId : result.rejection.code))).size).toBe(2);
  expect(await sequencesOf(activationId)).toEqual([1, 2, 3]);
});
