import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { holdEntitlement } from '@/db/testing/hold-lock';
import { openClaim } from '../../claims/open-claim';
import { issueRefresh } from '../../leases/issue-refresh';
import { perform } from '../../operation';
import { releaseSeat } from '../../seats/release-seat';
import { checkInvariants, readHistory, rewritten } from '../check-invariants';
import { activationOf, exchange } from '../exchange';
import type { TestCustomer, TestEntitlement } from '../test-customer';
import { makeCustomer, makeEntitlement } from '../test-customer';
import type { TestDevice } from '../test-device';
import { makeDevice } from '../test-device';
import type { TestPortal } from '../test-portal';
import { makeTestPortal } from '../test-portal';

type Terms = Parameters<typeof makeEntitlement>[2];

/** A portal with a customer and enough connections for races. */
export interface RaceScene {
  readonly portal: TestPortal;
  readonly customer: TestCustomer;
  /** The customer's member. */
  context(): ReturnType<TestPortal['contextFor']>;
  requestsOf(entitlement: TestEntitlement, count: number): Promise<string[]>;
  /** An entitlement with one device on it. */
  activated(
    terms?: Terms,
  ): Promise<{ readonly entitlement: TestEntitlement; readonly device: TestDevice; readonly activationId: string }>;
  /** @returns `done` or the code of the refusal */
  refresh(activationId: string): Promise<string>;
  /** @returns `done` or the code of the refusal */
  release(activationId: string): Promise<string>;
  /** Opens a claim as the member. @returns its id */
  claim(activationId: string): Promise<string>;
  /** Starts two changes that were decided on the same state, and lets them commit in this order. */
  inOrder<One, Other>(entitlementId: string, first: () => Promise<One>, second: () => Promise<Other>): Promise<[One, Other]>;
  /** Starts a change, and makes another one between its decision and its check. @returns the outcome of the first */
  whileWaiting<One>(entitlementId: string, change: () => Promise<One>, meanwhile: () => Promise<unknown>): Promise<One>;
}

function codeOf(result: { ok: true } | { ok: false; rejection: { code: string } }): string {
  return result.ok ? 'done' : result.rejection.code;
}

function sceneOf(portal: TestPortal, customer: TestCustomer): RaceScene {
  const context = () => portal.contextFor(customer.member);
  return {
    portal,
    customer,
    context,
    async requestsOf(entitlement, count) {
      const devices = await Promise.all(Array.from({ length: count }, () => makeDevice(portal, entitlement)));
      return Promise.all(devices.map((device) => device.request()));
    },
    async activated(terms = {}) {
      const entitlement = await makeEntitlement(portal, customer, terms);
      const device = await makeDevice(portal, entitlement);
      const activationId = await activationOf(portal, await exchange(context(), await device.request()));
      return { entitlement, device, activationId };
    },
    refresh: async (activationId) => codeOf(await perform(issueRefresh, { activationId }, context())),
    release: async (activationId) =>
      codeOf(await perform(releaseSeat, { activationId, reason: 'lost' }, portal.contextFor(customer.admin))),
    async claim(activationId) {
      const result = await perform(openClaim, { activationId, reason: 'lost', note: 'Left in a taxi' }, context());
      if (!result.ok) throw new Error(`expected a claim, found ${result.rejection.code}`);
      return result.value.claimId;
    },
    async inOrder(entitlementId, first, second) {
      const held = await holdEntitlement(portal.ownerUrl, entitlementId);
      const one = first();
      await held.waiting(1);
      const other = second();
      await held.waiting(2);
      await held.letGo();
      return Promise.all([one, other]);
    },
    async whileWaiting(entitlementId, change, meanwhile) {
      const held = await holdEntitlement(portal.ownerUrl, entitlementId);
      const changing = change();
      await held.waiting(1);
      await meanwhile();
      await held.letGo();
      return changing;
    },
  };
}

/** Makes a portal for the tests of a file, and checks after each of them that the seats are exact and no history was rewritten. */
export function setUpRaces(): () => RaceScene {
  let scene: RaceScene;
  let history: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    const portal = await makeTestPortal({ connections: 20 });
    scene = sceneOf(portal, await makeCustomer(portal));
  });

  afterEach(async () => {
    expect(await checkInvariants(scene.portal)).toEqual([]);
    const now = await readHistory(scene.portal);
    expect(rewritten(history, now)).toEqual([]);
    history = now;
  });

  afterAll(() => scene.portal.close());

  return () => scene;
}
