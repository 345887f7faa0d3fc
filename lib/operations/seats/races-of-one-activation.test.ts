import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { commit, commitAtOnce, submit, tally } from '../testing/at-once';
import { exchange, replyOf, standingOf } from '../testing/exchange';
import { setUpRaces } from '../testing/scenes/race-scene';
import { makeEntitlement, makeMember } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';

const scene = setUpRaces();

async function sequencesOf(activationId: string): Promise<unknown[]> {
  const leases = await scene().portal.db.execute(
    sql`select sequence from leases where activation_id = ${activationId} order by 1`,
  );
  return leases.map(({ sequence }) => sequence);
}

describe('one file at once', () => {
  it('handed in many times is answered once, and always with the same bytes', async () => {
    const entitlement = await makeEntitlement(scene().portal, scene().customer);
    const file = await (await makeDevice(scene().portal, entitlement)).request();
    const outcomes = await commitAtOnce(
      scene().context(),
      Array.from({ length: 40 }, () => file),
    );
    expect(tally(outcomes)).toEqual({ done: 1, repeated: 39 });
    expect(new Set(await Promise.all(outcomes.map((outcome) => replyOf(scene().context(), outcome)))).size).toBe(1);
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('committed twice from one submission is answered once', async () => {
    const entitlement = await makeEntitlement(scene().portal, scene().customer);
    const submissionId = await submit(scene().context(), await (await makeDevice(scene().portal, entitlement)).request());
    const outcomes = await Promise.all([commit(scene().context(), submissionId), commit(scene().context(), submissionId)]);
    expect(tally(outcomes)).toEqual({ done: 1, repeated: 1 });
    expect(outcomes[0].exchangeId).toBe(outcomes[1].exchangeId);
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('as a proof frees one seat once, and counts its usage once', async () => {
    const { entitlement, device, activationId } = await scene().activated();
    await exchange(scene().context(), await (await makeDevice(scene().portal, entitlement)).request());
    const proof = await device.proof(activationId, { usage: { pages: 3 } });
    const outcomes = await commitAtOnce(
      scene().context(),
      Array.from({ length: 40 }, () => proof),
    );
    expect(tally(outcomes)).toEqual({ done: 1, repeated: 39 });
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1, released: 1 } });
    const used = await scene().portal.db.execute(
      sql`select used::integer from entitlement_usage where entitlement_id = ${entitlement.id}`,
    );
    expect(used).toEqual([{ used: 3 }]);
  });
});

describe('two changes of one activation at once', () => {
  it('a proof goes through before and after a refresh, and the seat is free either way', async () => {
    const one = await scene().activated();
    const proof = await submit(scene().context(), await one.device.proof(one.activationId));
    const proofFirst = await scene().inOrder(
      one.entitlement.id,
      () => commit(scene().context(), proof),
      () => scene().refresh(one.activationId),
    );
    expect(proofFirst).toMatchObject([{ code: 'done' }, 'activation-returned']);
    expect(await standingOf(scene().portal, one.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });

    const other = await scene().activated();
    const later = await submit(scene().context(), await other.device.proof(other.activationId));
    const refreshFirst = await scene().inOrder(
      other.entitlement.id,
      () => scene().refresh(other.activationId),
      () => commit(scene().context(), later),
    );
    expect(refreshFirst).toMatchObject(['done', { code: 'done' }]);
    expect(await standingOf(scene().portal, other.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
  });

  it('a release holds the seat until the newest lease has run out, or stops the refresh', async () => {
    const one = await scene().activated();
    const releaseFirst = await scene().inOrder(
      one.entitlement.id,
      () => scene().release(one.activationId),
      () => scene().refresh(one.activationId),
    );
    expect(releaseFirst).toEqual(['done', 'activation-released']);
    expect(await standingOf(scene().portal, one.entitlement.id)).toEqual({ held: 1, counted: 1, states: { releasing: 1 } });

    const other = await scene().activated();
    const refreshFirst = await scene().inOrder(
      other.entitlement.id,
      () => scene().refresh(other.activationId),
      () => scene().release(other.activationId),
    );
    expect(refreshFirst).toEqual(['done', 'done']);
    expect(await standingOf(scene().portal, other.entitlement.id)).toEqual({ held: 1, counted: 1, states: { releasing: 1 } });
    const until = await scene().portal.db.execute(sql`
      select a.runs_out_at = l.ends_at as newest, (t.detail->>'heldUntil')::timestamptz = l.ends_at as told
      from activations a join leases l on l.activation_id = a.id and l.sequence = 2
      join audit_entries t on t.activation_id = a.id and t.action = 'seat.released' where a.id = ${other.activationId}`);
    expect(until).toEqual([{ newest: true, told: true }]);
  });

  it('a release and a newer request of the device end as a release', async () => {
    const { entitlement, device, activationId } = await scene().activated();
    const newer = await submit(scene().context(), await device.request());
    const outcomes = await scene().inOrder(
      entitlement.id,
      () => scene().release(activationId),
      () => commit(scene().context(), newer),
    );
    expect(outcomes).toMatchObject(['done', { code: 'activation-released' }]);
    expect(await standingOf(scene().portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { releasing: 1 } });
  });

  it('a release and a proof end with a free seat, whichever is first', async () => {
    const one = await scene().activated();
    const proof = await submit(scene().context(), await one.device.proof(one.activationId));
    const releaseFirst = await scene().inOrder(
      one.entitlement.id,
      () => scene().release(one.activationId),
      () => commit(scene().context(), proof),
    );
    expect(releaseFirst).toMatchObject(['done', { code: 'done' }]);
    expect(await standingOf(scene().portal, one.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });

    const other = await scene().activated();
    const later = await submit(scene().context(), await other.device.proof(other.activationId));
    const proofFirst = await scene().inOrder(
      other.entitlement.id,
      () => commit(scene().context(), later),
      () => scene().release(other.activationId),
    );
    expect(proofFirst).toMatchObject([{ code: 'done' }, 'activation-returned']);
    expect(await standingOf(scene().portal, other.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
  });

  it('a proof and a newer request of the device end with a free seat, whichever is first', async () => {
    const one = await scene().activated();
    const [proof, newer] = [
      await submit(scene().context(), await one.device.proof(one.activationId)),
      await submit(scene().context(), await one.device.request()),
    ];
    const proofFirst = await scene().inOrder(
      one.entitlement.id,
      () => commit(scene().context(), proof),
      () => commit(scene().context(), newer),
    );
    expect(proofFirst).toMatchObject([{ code: 'done' }, { code: 'activation-returned' }]);
    expect(await standingOf(scene().portal, one.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });

    const other = await scene().activated();
    const [later, first] = [
      await submit(scene().context(), await other.device.proof(other.activationId)),
      await submit(scene().context(), await other.device.request()),
    ];
    const requestFirst = await scene().inOrder(
      other.entitlement.id,
      () => commit(scene().context(), first),
      () => commit(scene().context(), later),
    );
    expect(requestFirst).toMatchObject([{ code: 'done' }, { code: 'done' }]);
    expect(await standingOf(scene().portal, other.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
  });

  it('many refreshes of many people give leases without a hole, on one seat', async () => {
    const { portal, customer } = scene();
    const { entitlement, activationId } = await scene().activated();
    const people = await Promise.all(
      Array.from({ length: 8 }, async (_, index): Promise<Actor> => {
        const userId = await makeMember(portal, customer, 'customer_admin');
        return { role: 'customer_admin', userId, customerId: customer.id, label: `admin ${index}` };
      }),
    );
    const results = await Promise.all(people.map((actor) => perform(issueRefresh, { activationId }, portal.contextFor(actor))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(8);
    expect(await sequencesOf(activationId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });

  it('many refreshes of one person are one, and all of them get its file', async () => {
    const { portal } = scene();
    const { entitlement, activationId } = await scene().activated();
    const results = await Promise.all(
      Array.from({ length: 60 }, () => perform(issueRefresh, { activationId }, scene().context())),
    );
    expect(new Set(results.map((result) => (result.ok ? result.value.exchangeId : result.rejection.code))).size).toBe(1);
    expect(await sequencesOf(activationId)).toEqual([1, 2]);
    expect(await scene().refresh(activationId)).toBe('done');
    expect(await sequencesOf(activationId)).toEqual([1, 2, 3]);
    expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });
});
