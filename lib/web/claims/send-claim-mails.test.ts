import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/operations/actor';
import { approveClaim, withdrawClaim } from '@/lib/operations/claims/answer-claim';
import { resendClaimMails } from '@/lib/operations/claims/claim-mail';
import { openClaim } from '@/lib/operations/claims/open-claim';
import { showClaim } from '@/lib/operations/claims/show-claims';
import { perform } from '@/lib/operations/operation';
import { activationOf, exchange } from '@/lib/operations/testing/exchange';
import { done } from '@/lib/operations/testing/scenes/operator-scene';
import type { TestCustomer } from '@/lib/operations/testing/test-customer';
import { makeCustomer, makeEntitlement, needApproval, OPERATOR } from '@/lib/operations/testing/test-customer';
import type { TestDevice } from '@/lib/operations/testing/test-device';
import { makeDevice } from '@/lib/operations/testing/test-device';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import { sendClaimMails } from './send-claim-mails';

const MINUTE_MS = 60_000;
const portal: TestPortal = await makeTestPortal();
const started = Date.now();
let customer: TestCustomer;
let device: TestDevice;
let activationId: string;
let claimId: string;
let sent: string[];

afterAll(() => portal.close());

beforeEach(async () => {
  customer = await makeCustomer(portal);
  const entitlement = await makeEntitlement(portal, customer);
  await needApproval(portal, entitlement.id);
  device = await makeDevice(portal, entitlement);
  activationId = await activationOf(portal, await exchange(as(customer.member), await device.request()));
  ({ claimId } = await done(openClaim, { activationId, reason: 'lost' }, as(customer.member)));
  sent = [];
});

const as = (actor: Actor) => portal.contextFor(actor);
type Answer = 'taken' | { readonly responseCode: number; readonly response: string } | Error;

/** Lets a worker send what is due, so many minutes after the start. Without `of`, of all claims, as the task does. */
async function run({
  minutes = 1,
  answer = 'taken',
  of,
}: {
  minutes?: number;
  answer?: Answer;
  of?: string;
} = {}): Promise<void> {
  const context = portal.contextFor({ role: 'operator', label: 'portal' }, new Date(started + minutes * MINUTE_MS));
  const url = new URL('https://portal.example.com');
  const send = async (to: { address: string }, mail: { subject: string }) => {
    if (answer !== 'taken') throw answer instanceof Error ? answer : Object.assign(new Error('no'), answer);
    sent.push(`${to.address}: ${mail.subject.split(':')[0]}`);
    return '250 ok';
  };
  await sendClaimMails(context, { url, send }, of ?? null);
}
const theirs = () => [customer.admin, customer.member].map(({ label }) => label);
const taken = () => sent.splice(0).filter((line) => theirs().some((address) => line.startsWith(address)));
const shown = async (actor: Actor = customer.admin) => (await done(showClaim, { claimId }, as(actor))).mails;

describe('a claim', () => {
  it('is told of once, however many workers there are, and everybody concerned sees that it was', async () => {
    await Promise.all([run(), run(), run({ of: claimId })]);
    expect(taken()).toEqual([`${customer.admin.label}: Please answer`]);
    await run({ minutes: 30 });
    expect(taken()).toEqual([]);
    for (const actor of [customer.admin, customer.member]) {
      expect(await shown(actor)).toMatchObject([{ tells: 'asked', outcome: 'accepted', answer: '250 ok' }]);
    }
  });

  it('that was approved is told to whoever asked', async () => {
    await run();
    taken();
    await done(approveClaim, { claimId, answer: 'Fine' }, as(customer.admin));
    await run({ minutes: 2, of: claimId });
    expect(taken()).toEqual([`${customer.member.label}: Approved`]);
  });

  it('that was taken back is told to those who were asked, and to nobody whose mail never left', async () => {
    await run();
    taken();
    await done(withdrawClaim, { claimId }, as(customer.member));
    await run({ minutes: 2 });
    expect(taken()).toEqual([`${customer.admin.label}: Taken back`]);
  });

  it('that nobody was told of is taken back in silence', async () => {
    await done(withdrawClaim, { claimId }, as(customer.member));
    await run({ minutes: 2 });
    expect(taken()).toEqual([]);
  });

  it('that closes by itself, because the device came with its proof, is told to both sides', async () => {
    await run();
    taken();
    await exchange(as(customer.member), await device.proof(activationId));
    await run({ minutes: 2 });
    expect(taken().sort()).toEqual(
      [`${customer.admin.label}: No longer needed`, `${customer.member.label}: No longer needed`].sort(),
    );
  });
});

describe('a mail about a claim', () => {
  it('that the mail server refused is shown with its answer, is in the audit, and is not sent again by itself', async () => {
    await run({ answer: { responseCode: 550, response: '550 no\nsuch mailbox' } });
    expect(await shown()).toMatchObject([{ tells: 'asked', outcome: 'refused', answer: '550 no such mailbox' }]);
    await run({ minutes: 60 });
    expect(taken()).toEqual([]);
    const rows = await portal.db.execute(sql`select action, customer_id, actor, role from audit_entries
      where detail->>'claimId' = ${claimId} and action like 'claim.mail%'`);
    expect([...rows]).toEqual([{ action: 'claim.mail-refused', customer_id: customer.id, actor: 'portal', role: 'operator' }]);
  });

  it.each<[string, Answer]>([
    ['put off', { responseCode: 451, response: '451 later' }],
    ['kept from the mail server', new Error('connect ECONNREFUSED')],
  ])('that was %s is tried again after a quarter of an hour, and no longer than three days', async (_, answer) => {
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await run({ answer });
    expect(await shown()).toMatchObject([{ outcome: 'failed', at: null }]);
    await run({ minutes: 10 });
    expect(taken()).toEqual([]);
    await run({ minutes: 17, answer });
    await run({ minutes: 4 * 24 * 60 });
    expect(taken()).toEqual([]);
    expect(log).toHaveBeenCalled();
    log.mockRestore();
  });

  it('goes out once more when somebody who may answer asks for it, and nobody else does', async () => {
    await run({ answer: { responseCode: 550, response: '550 full' } });
    for (const actor of [customer.admin, OPERATOR]) {
      await done(resendClaimMails, { claimId }, as(actor));
      await run({ minutes: 2, of: claimId });
      expect(taken()).toEqual([`${customer.admin.label}: Please answer`]);
    }
    expect(await shown()).toMatchObject([{ outcome: 'accepted' }]);
    expect(await perform(resendClaimMails, { claimId }, as(customer.member))).toMatchObject({
      rejection: { code: 'not-allowed' },
    });
    for (let times = 0; times < 3; times += 1) await done(resendClaimMails, { claimId }, as(customer.admin));
    expect(await perform(resendClaimMails, { claimId }, as(customer.admin))).toMatchObject({
      rejection: { code: 'too-many-attempts' },
    });
  });
});
