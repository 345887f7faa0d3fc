import { describe, expect, it } from 'vitest';
import { rewriteFunction } from '@/db/testing/rewrite-function';
import { setReleasePolicy } from '../entitlements/set-release-policy';
import { perform } from '../operation';
import { commit, submit } from '../testing/at-once';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import { setUpRaces } from '../testing/scenes/race-scene';
import { makeSupport, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import { releaseSeat } from './release-seat';
import { undoRelease } from './undo-release';

const scene = setUpRaces();
const AT_ONCE = { releaseRule: 'at-once' } as const;

const admin = () => scene().portal.contextFor(scene().customer.admin);
const standing = (entitlementId: string) => standingOf(scene().portal, entitlementId);
const release = (activationId: string) => scene().release(activationId);
const undo = async (activationId: string, context = admin()) => {
  const result = await perform(undoRelease, { activationId }, context);
  return result.ok ? 'done' : result.rejection.code;
};

describe('releases at once', () => {
  it('of one seat release it once', async () => {
    const { entitlement, activationId } = await scene().activated(AT_ONCE);
    const both = [() => release(activationId), () => release(activationId)] as const;
    expect(await scene().inOrder(entitlement.id, ...both)).toEqual(['done', 'activation-released']);
    expect(await standing(entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
  });

  it('of two seats stop at the limit', async () => {
    const { entitlement, activationId } = await scene().activated({ releaseLimit: 1, releaseLimitDays: 30 });
    const device = await makeDevice(scene().portal, entitlement);
    const second = await activationOf(scene().portal, await exchange(scene().context(), await device.request()));
    const both = [() => release(activationId), () => release(second)] as const;
    expect(await scene().inOrder(entitlement.id, ...both)).toEqual(['done', 'release-limit-reached']);
    expect((await standing(entitlement.id)).states).toEqual({ active: 1, releasing: 1 });
    expect([await undo(activationId), await release(second)]).toEqual(['done', 'done']);
  });

  it('and the proof of the device free one seat, whichever is first', async () => {
    const one = await scene().activated(AT_ONCE);
    const proof = await submit(scene().context(), await one.device.proof(one.activationId));
    const releaseFirst = [() => release(one.activationId), () => commit(scene().context(), proof)] as const;
    const first = await scene().inOrder(one.entitlement.id, ...releaseFirst);
    expect(first).toMatchObject(['done', { code: 'activation-released' }]);
    expect(await standing(one.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });

    const other = await scene().activated(AT_ONCE);
    const later = await submit(scene().context(), await other.device.proof(other.activationId));
    const proofFirst = [() => commit(scene().context(), later), () => release(other.activationId)] as const;
    const second = await scene().inOrder(other.entitlement.id, ...proofFirst);
    expect(second).toMatchObject([{ code: 'done' }, 'activation-returned']);
    expect(await standing(other.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
  });
});

describe('undoing at once with', () => {
  it('another device that wants the seat: whoever is first has it', async () => {
    const one = await scene().activated({ ...AT_ONCE, seats: 1 });
    await release(one.activationId);
    const [request = ''] = await scene().requestsOf(one.entitlement, 1);
    const file = await submit(scene().context(), request);
    const undoFirst = [() => undo(one.activationId), () => commit(scene().context(), file)] as const;
    expect(await scene().inOrder(one.entitlement.id, ...undoFirst)).toMatchObject(['done', { code: 'no-seat-free' }]);
    expect(await standing(one.entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });

    const other = await scene().activated({ ...AT_ONCE, seats: 1 });
    await release(other.activationId);
    const [second = ''] = await scene().requestsOf(other.entitlement, 1);
    const later = await submit(scene().context(), second);
    const deviceFirst = [() => commit(scene().context(), later), () => undo(other.activationId)] as const;
    expect(await scene().inOrder(other.entitlement.id, ...deviceFirst)).toMatchObject([{ code: 'done' }, 'undo-too-late']);
    expect(await standing(other.entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, released: 1 } });
  });

  it('another undo: one is done', async () => {
    const { entitlement, activationId } = await scene().activated(AT_ONCE);
    await release(activationId);
    const both = [() => undo(activationId), () => undo(activationId)] as const;
    expect(await scene().inOrder(entitlement.id, ...both)).toEqual(['done', 'nothing-to-undo']);
    expect(await standing(entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });
});

describe('the policy of an entitlement', () => {
  it('lets a member release their own seat, and undo that, but not what others released', async () => {
    const member = scene().portal.contextFor(scene().customer.member);
    const { activationId } = await scene().activated({ releaseRoles: ['member', 'support'] });
    const by = async (context: typeof member) => {
      const result = await perform(releaseSeat, { activationId, reason: 'lost' }, context);
      return result.ok ? 'done' : result.rejection.code;
    };
    expect(await by(admin())).toBe('release-not-allowed');
    expect([await by(member), await undo(activationId, member)]).toEqual(['done', 'done']);
    const support = scene().portal.contextFor(await makeSupport(scene().portal));
    expect([await by(support), await undo(activationId, member)]).toEqual(['done', 'release-of-another']);
  });

  it('is changed for one entitlement by the operator', async () => {
    const { entitlement, activationId } = await scene().activated();
    const change = { entitlementId: entitlement.id, releaseRoles: [], releaseLimit: { releases: 2, days: 30 } };
    expect(await perform(setReleasePolicy, change, scene().portal.contextFor(OPERATOR))).toMatchObject({
      ok: true,
      value: { policy: { allowedBy: [], frees: 'when-lease-ran-out', limit: { releases: 2, days: 30 } } },
    });
    expect(await release(activationId)).toBe('release-not-offered');
  });
});

it('without the guard in the statement, releases at once go beyond the limit', async () => {
  await rewriteFunction(scene().portal.ownerUrl, {
    name: 'commit_release(jsonb)',
    found: /v_limit <> 'null' and/,
    instead: 'false and',
  });
  const { entitlement, activationId } = await scene().activated({ releaseLimit: 1, releaseLimitDays: 30 });
  const device = await makeDevice(scene().portal, entitlement);
  const second = await activationOf(scene().portal, await exchange(scene().context(), await device.request()));
  const both = [() => release(activationId), () => release(second)] as const;
  expect(await scene().inOrder(entitlement.id, ...both)).toEqual(['done', 'done']);
});
