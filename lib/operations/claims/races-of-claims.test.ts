import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { rewriteFunction } from '@/db/testing/rewrite-function';
import type { OperationContext } from '../context';
import { perform } from '../operation';
import { undoRelease } from '../seats/undo-release';
import { commit, submit } from '../testing/at-once';
import { activationOf, exchange, standingOf } from '../testing/exchange';
import type { RaceScene } from '../testing/scenes/race-scene';
import { setUpRaces } from '../testing/scenes/race-scene';
import { makeMember, makeSupport, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import { approveClaim, refuseClaim, withdrawClaim } from './answer-claim';
import { reserveDueClaimMails } from './claim-mail';
import { openClaim } from './open-claim';
import { showClaim } from './show-claims';

const scene = setUpRaces();
const WITH_APPROVAL = { releaseRule: 'at-once', releaseApproval: true, releaseRoles: ['member', 'customer_admin'] } as const;

const terms = (more: Parameters<RaceScene['activated']>[0] = {}) => ({
  ...WITH_APPROVAL,
  releaseRoles: [...WITH_APPROVAL.releaseRoles],
  ...more,
});
const admin = () => scene().portal.contextFor(scene().customer.admin);
const standing = (entitlementId: string) => standingOf(scene().portal, entitlementId);

type Code = { ok: true } | { ok: false; rejection: { code: string } };
const codeOf = (result: Code) => (result.ok ? 'done' : result.rejection.code);
const approve = async (claimId: string, context: OperationContext = admin()) =>
  codeOf(await perform(approveClaim, { claimId, answer: 'As you say' }, context));
const refuse = async (claimId: string, context: OperationContext = admin()) =>
  codeOf(await perform(refuseClaim, { claimId, answer: 'Look in the office' }, context));
const withdraw = async (claimId: string, context = scene().context()) =>
  codeOf(await perform(withdrawClaim, { claimId }, context));
const ask = async (activationId: string, context = scene().context()) =>
  codeOf(await perform(openClaim, { activationId, reason: 'lost' }, context));
const undo = async (activationId: string, context = admin()) => codeOf(await perform(undoRelease, { activationId }, context));

async function stateOf(claimId: string) {
  const rows = await scene().portal.db.execute(
    sql`select cl.state, u.email as by, cl.answer from claims cl left join users u on u.id = cl.decided_by where cl.id = ${claimId}`,
  );
  return rows[0];
}

async function auditOf(activationId: string): Promise<string[]> {
  const rows = await scene().portal.db.execute<{ action: string }>(
    sql`select action from audit_entries where activation_id = ${activationId} and exchange_id is null order by id`,
  );
  return rows.map(({ action }) => action);
}

describe('a claim', () => {
  it('is made where somebody else has to agree, and approving it releases the seat with it', async () => {
    const { entitlement, activationId } = await scene().activated(terms());
    expect(await scene().release(activationId)).toBe('release-needs-approval');
    const claimId = await scene().claim(activationId);
    expect(await standing(entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
    expect([await ask(activationId), await approve(claimId)]).toEqual(['claim-open', 'done']);
    expect(await standing(entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
    expect(await stateOf(claimId)).toEqual({ state: 'approved', by: admin().actor?.label, answer: 'As you say' });
    const told = ['seat.release-refused', 'claim.opened', 'claim.open-refused', 'claim.approved', 'seat.released'];
    expect(await auditOf(activationId)).toEqual(told);
  });

  it('mails the other administrators, or support where there are none, and the claimant', async () => {
    const { activationId } = await scene().activated(terms());
    const support = await makeSupport(scene().portal);
    const opened = await perform(openClaim, { activationId, reason: 'stolen', note: 'At night' }, scene().context());
    const claimId = opened.ok ? opened.value.claimId : '';
    const mailsOf = async (id: string) => {
      const claimed = await perform(reserveDueClaimMails, { claimId: id }, scene().portal.contextFor(OPERATOR));
      return claimed.ok ? claimed.value : [];
    };
    expect(await mailsOf(claimId)).toMatchObject([{ tells: 'asked', to: { address: admin().actor?.label }, note: 'At night' }]);
    await perform(refuseClaim, { claimId, answer: 'No' }, admin());
    const to = { address: scene().context().actor?.label };
    expect(await mailsOf(claimId)).toMatchObject([{ tells: 'refused', to, answer: 'No', heldUntil: null }]);

    const own = await perform(openClaim, { activationId, reason: 'lost' }, admin());
    const addresses = own.ok ? (await mailsOf(own.value.claimId)).map((mail) => mail.to.address) : [];
    expect(addresses).toContain(support.label);
    expect(addresses).not.toContain(admin().actor?.label);
  });

  it('is not answered by its claimant, nor withdrawn by another', async () => {
    const { entitlement, activationId } = await scene().activated(terms());
    const opened = await perform(openClaim, { activationId, reason: 'lost' }, admin());
    const claimId = opened.ok ? opened.value.claimId : '';
    expect([await approve(claimId), await refuse(claimId)]).toEqual(['own-claim', 'own-claim']);
    expect(await approve(claimId, scene().context())).toBe('not-allowed');
    const { customer, portal } = scene();
    const colleague = { role: 'customer_admin', customerId: customer.id, label: 'colleague@example.com' } as const;
    const other = portal.contextFor({ ...colleague, userId: await makeMember(portal, customer, 'customer_admin') });
    expect([await withdraw(claimId, other), await approve(claimId, other)]).toEqual(['claim-of-another', 'done']);
    expect((await standing(entitlement.id)).states).toEqual({ released: 1 });
  });

  it('is not approved by its claimant in the database, even when the portal decides so', async () => {
    const { activationId } = await scene().activated(terms());
    const claimId = await scene().claim(activationId);
    const { db } = scene().portal;
    const byClaimant = sql`update claims set state = 'approved', decided_at = now(), decided_by = claimant_id where id = ${claimId}`;
    await expect(db.execute(byClaimant)).rejects.toMatchObject({ cause: { constraint_name: 'claims_not_by_claimant' } });
  });

  it('that was refused or taken back leaves the seat, and can be made again', async () => {
    const { entitlement, activationId } = await scene().activated(terms());
    const refused = await scene().claim(activationId);
    expect([await refuse(refused), await approve(refused), await withdraw(refused)]).toEqual([
      'done',
      'claim-closed',
      'claim-closed',
    ]);
    const withdrawn = await scene().claim(activationId);
    expect([await withdraw(withdrawn), await approve(withdrawn)]).toEqual(['done', 'claim-closed']);
    expect(await standing(entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
    expect(await approve(await scene().claim(activationId))).toBe('done');
  });

  it('is there for its maker, administrators and support, and for nobody else', async () => {
    const { customer, portal } = scene();
    const { entitlement, activationId } = await scene().activated(terms());
    const claimId = await scene().claim(activationId);
    const userId = await makeMember(portal, customer);
    await portal.db.execute(sql`insert into entitlement_assignments (customer_id, entitlement_id, user_id)
      values (${customer.id}, ${entitlement.id}, ${userId})`);
    const colleague = { role: 'member', customerId: customer.id, userId, label: 'colleague@example.com' } as const;
    const seenBy = async (actor: typeof customer.member) =>
      codeOf(await perform(showClaim, { claimId }, portal.contextFor(actor)));
    expect(await seenBy(colleague)).toBe('not-found');
    expect(await withdraw(claimId, portal.contextFor(colleague))).toBe('not-found');
    for (const actor of [customer.member, customer.admin, await makeSupport(portal)]) expect(await seenBy(actor)).toBe('done');
  });

  it('counts against the limit when it is approved', async () => {
    const { entitlement, activationId } = await scene().activated(terms({ releaseLimit: 1, releaseLimitDays: 30 }));
    const device = await makeDevice(scene().portal, entitlement);
    const second = await activationOf(scene().portal, await exchange(scene().context(), await device.request()));
    const [first, other] = [await scene().claim(activationId), await scene().claim(second)];
    expect([await approve(first), await approve(other)]).toEqual(['done', 'release-limit-reached']);
    expect((await standing(entitlement.id)).states).toEqual({ active: 1, released: 1 });
    expect([await undo(activationId), await approve(other)]).toEqual(['done', 'done']);
  });

  it('whose release was undone by its claimant is not approved again', async () => {
    const { entitlement, activationId } = await scene().activated(terms());
    const claimId = await scene().claim(activationId);
    const undone = () => undo(activationId, scene().context());
    expect([await approve(claimId), await undone(), await approve(claimId)]).toEqual(['done', 'done', 'claim-closed']);
    expect(await standing(entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  });
});

describe('claims at once', () => {
  it('on one seat are one', async () => {
    const { entitlement, activationId } = await scene().activated(terms());
    const both = [() => ask(activationId), () => ask(activationId, admin())] as const;
    expect(await scene().inOrder(entitlement.id, ...both)).toEqual(['done', 'claim-open']);
  });

  it('approved twice release the seat once', async () => {
    const { entitlement, activationId } = await scene().activated(terms());
    const claimId = await scene().claim(activationId);
    const support = scene().portal.contextFor(await makeSupport(scene().portal));
    const both = [() => approve(claimId), () => approve(claimId, support)] as const;
    expect(await scene().inOrder(entitlement.id, ...both)).toEqual(['done', 'claim-closed']);
    expect(await standing(entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
    expect((await auditOf(activationId)).filter((action) => action === 'seat.released')).toHaveLength(1);
  });

  it('approved while the proof of the device is committed free one seat, whichever is first', async () => {
    const one = await scene().activated(terms());
    const first = await scene().claim(one.activationId);
    const proof = await submit(scene().context(), await one.device.proof(one.activationId));
    const proofFirst = [() => commit(scene().context(), proof), () => approve(first)] as const;
    expect(await scene().inOrder(one.entitlement.id, ...proofFirst)).toMatchObject([{ code: 'done' }, 'claim-closed']);
    expect(await standing(one.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
    expect(await stateOf(first)).toEqual({ state: 'withdrawn', by: null, answer: '' });

    const other = await scene().activated(terms());
    const second = await scene().claim(other.activationId);
    const later = await submit(scene().context(), await other.device.proof(other.activationId));
    const approvalFirst = [() => approve(second), () => commit(scene().context(), later)] as const;
    expect(await scene().inOrder(other.entitlement.id, ...approvalFirst)).toMatchObject([
      'done',
      { code: 'activation-released' },
    ]);
    expect(await standing(other.entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
  });

  it('approved while the device is refreshed count the newest lease', async () => {
    const { entitlement, activationId } = await scene().activated(terms({ releaseRule: 'when-lease-ran-out' }));
    const claimId = await scene().claim(activationId);
    const refreshFirst = [() => scene().refresh(activationId), () => approve(claimId)] as const;
    expect(await scene().inOrder(entitlement.id, ...refreshFirst)).toEqual(['done', 'done']);
    expect((await standing(entitlement.id)).states).toEqual({ releasing: 1 });
  });

  it('refused and approved are one of both', async () => {
    const { entitlement, activationId } = await scene().activated(terms());
    const claimId = await scene().claim(activationId);
    const outcomes = await Promise.all([approve(claimId), refuse(claimId)]);
    expect([...outcomes].sort()).toEqual(['claim-closed', 'done']);
    const states = (await standing(entitlement.id)).states;
    expect(states).toEqual(outcomes[0] === 'done' ? { released: 1 } : { active: 1 });
  });
});

it('without what answers a claim once, one that was refused meanwhile is approved all the same', async () => {
  const { entitlement, activationId } = await scene().activated(terms());
  const claimId = await scene().claim(activationId);
  const race = () => {
    const refusing = async () => {
      await scene().portal.db.execute(
        sql`update claims set state = 'refused', decided_at = now() where id = ${claimId} and state = 'open'`,
      );
      return 'done';
    };
    return scene().whileWaiting(entitlement.id, () => approve(claimId), refusing);
  };
  expect(await race()).toEqual('claim-closed');
  await scene().portal.db.execute(sql`update claims set state = 'open', decided_at = null where id = ${claimId}`);
  await rewriteFunction(scene().portal.ownerUrl, {
    name: 'commit_release(jsonb)',
    found: /and state = 'open'; -- guard: answered once/,
    instead: ';',
  });
  expect(await race()).toEqual('done');
  expect((await standing(entitlement.id)).states).toEqual({ released: 1 });
});
