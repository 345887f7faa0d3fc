import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { holdEntitlement, holdLock } from '@/db/testing/hold-lock';
import { commit, commitAtOnce, submit, tally } from '../testing/at-once';
import { standingOf } from '../testing/exchange';
import { setUpRaces } from '../testing/scenes/race-scene';
import { makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';

const scene = setUpRaces();

describe('a thousand devices for ten seats at once', () => {
  it('ten win, the others are told that no seat is free', async () => {
    const entitlement = await makeEntitlement(scene().portal, scene().customer, { seats: 10 });
    const files = await scene().requestsOf(entitlement, 1000);
    expect(tally(await commitAtOnce(scene().context(), files))).toEqual({ done: 10, 'no-seat-free': 990 });
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 10, counted: 10, states: { active: 10 } });
    const counts = await scene().portal.db.execute(sql`
      select (select count(*) from leases l join activations a on a.id = l.activation_id where a.entitlement_id = ${entitlement.id})::integer as leases,
        (select count(*) from exchanges where entitlement_id = ${entitlement.id} and outcome = 'granted')::integer as granted,
        (select count(distinct device_id) from activations where entitlement_id = ${entitlement.id})::integer as devices`);
    expect(counts).toEqual([{ leases: 10, granted: 10, devices: 10 }]);
  });
});

describe('machines at once', () => {
  it('two for the seat that a third gives back: one gets it', async () => {
    const { entitlement, device, activationId } = await scene().activated({ seats: 1 });
    const files = [await device.proof(activationId), ...(await scene().requestsOf(entitlement, 2))];
    const [returned, ...others] = await commitAtOnce(scene().context(), files);
    expect(returned?.code).toBe('done');
    const again = await Promise.all(others.map(({ submissionId }) => commit(scene().context(), submissionId)));
    const winners = new Set([...others, ...again].filter(({ exchangeId }) => exchangeId !== null).map((won) => won.exchangeId));
    expect(winners.size).toBe(1);
    expect(tally(again)['no-seat-free']).toBe(1);
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, released: 1 } });
  });

  it('one with two sets of keys is one device on one seat, where its member may release it', async () => {
    const entitlement = await makeEntitlement(scene().portal, scene().customer, { releaseRoles: ['member'] });
    const device = await makeDevice(scene().portal, entitlement);
    const anew = await device.setUpAnew({ ...device.components, mac: 'A'.repeat(43) });
    const outcomes = await commitAtOnce(scene().context(), [await device.request(), await anew.request()]);
    expect(tally(outcomes)).toEqual({ done: 2 });
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, replaced: 1 } });
  });

  it('one on two entitlements is one device with two seats', async () => {
    const [one, other] = [
      await makeEntitlement(scene().portal, scene().customer),
      await makeEntitlement(scene().portal, scene().customer),
    ];
    const device = await makeDevice(scene().portal, one);
    const twin = await makeDevice(scene().portal, { ...other, components: device.components });
    const outcomes = await commitAtOnce(scene().context(), [await device.request(), await twin.request()]);
    expect(tally(outcomes)).toEqual({ done: 2 });
    const devices = await scene().portal.db.execute(
      sql`select distinct device_id from activations where entitlement_id in (${one.id}, ${other.id})`,
    );
    expect(devices).toHaveLength(1);
  });

  it('one on two entitlements is one device also when a part was changed in between', async () => {
    const [one, other] = [
      await makeEntitlement(scene().portal, scene().customer),
      await makeEntitlement(scene().portal, scene().customer),
    ];
    const device = await makeDevice(scene().portal, one);
    const twin = await makeDevice(scene().portal, { ...other, components: { ...device.components, mac: 'A'.repeat(43) } });
    const [first, second] = [
      await submit(scene().context(), await device.request()),
      await submit(scene().context(), await twin.request()),
    ];
    // When both wait here they have searched the devices, unless one waits for the other's search.
    const held = await holdLock(scene().portal.ownerUrl, 'lock table leases in share mode');
    const both = Promise.all([commit(scene().context(), first), commit(scene().context(), second)]);
    await held.waiting(2);
    await held.letGo();
    expect(tally(await both)).toEqual({ done: 2 });
    const devices = await scene().portal.db.execute(
      sql`select distinct device_id from activations where entitlement_id in (${one.id}, ${other.id})`,
    );
    expect(devices).toHaveLength(1);
  });

  it('fifty that start a term start it once', async () => {
    const terms = { seats: 50, startRule: 'on-first-activation', startsAt: null, termEndsAt: null, termLength: 'P30D' } as const;
    const entitlement = await makeEntitlement(scene().portal, scene().customer, terms);
    expect(tally(await commitAtOnce(scene().context(), await scene().requestsOf(entitlement, 50)))).toEqual({ done: 50 });
    const rows = await scene().portal.db.execute(sql`
      select revision, (select count(*) from activations a where a.entitlement_id = e.id
        and a.lease_ends_at = date_trunc('second', e.term_ends_at))::integer as until_its_end from entitlements e where id = ${entitlement.id}`);
    expect(rows).toEqual([{ revision: 2, until_its_end: 50 }]);
  });
});

describe('an entitlement disabled between decision and commit', () => {
  it('issues nothing', async () => {
    const { entitlement, activationId } = await scene().activated();
    const [file] = await scene().requestsOf(entitlement, 1);
    const submissionId = await submit(scene().context(), file ?? '');
    const held = await holdEntitlement(scene().portal.ownerUrl, entitlement.id);
    const [activation, refreshed] = [commit(scene().context(), submissionId), scene().refresh(activationId)];
    await held.waiting(2);
    await held.run(`update entitlements set disabled_at = now(), revision = revision + 1 where id = '${entitlement.id}'`);
    await held.letGo();
    expect([(await activation).code, await refreshed]).toEqual(['entitlement-disabled', 'entitlement-disabled']);
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });
});
