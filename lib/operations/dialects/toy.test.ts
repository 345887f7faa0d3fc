import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ToySaid } from '@/lib/dialects/testing/toy-dialect';
import { readToyReply, TOY, writeToyRequest } from '@/lib/dialects/testing/toy-dialect';
import { previewFile } from '../exchange/preview-file';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { commit, submit } from '../testing/at-once';
import { activationOf, exchange, replyOf, standingOf } from '../testing/exchange';
import type { TestCustomer, TestEntitlement } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { toyKeys, WITH_TOY } from '../testing/toy-plugin';

let portal: TestPortal;
let customer: TestCustomer;
let entitlement: TestEntitlement;
const member = () => ({ ...portal.contextFor(customer.member), dialects: WITH_TOY });

async function request(said: Partial<ToySaid>): Promise<string> {
  const { code } = entitlement;
  const usual = { kind: 'activation', id: randomUUID(), machine: 'Bear', code, issuedAt: new Date().toISOString() } as const;
  return writeToyRequest({ ...usual, ...said }, toyKeys(await portal.keyring.current()));
}

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  entitlement = await makeEntitlement(portal, customer, { dialects: [TOY, 'native'], seats: 2 });
});

afterAll(() => portal.close());

it('a dialect that only a test registers is handed in, previewed, answered, refreshed, downloaded and given back', async () => {
  const submissionId = await submit(member(), await request({}));
  const preview = await perform(previewFile, { submissionId }, member());
  expect(preview).toMatchObject({ ok: true, value: { rejection: null, preview: { outcome: 'grant' } } });
  expect(await standingOf(portal, entitlement.id)).toEqual({ held: 0, counted: 0, states: {} });

  const first = await commit(member(), submissionId);
  expect(first.code).toBe('done');
  expect(await standingOf(portal, entitlement.id)).toEqual({ held: 1, counted: 1, states: { active: 1 } });
  const keys = toyKeys(await portal.keyring.current());
  expect(readToyReply(await replyOf(member(), first), keys)).toMatchObject({
    to: { first: expect.any(String) },
    sequence: 1,
    details: { for: 'Bear', seats: 2 },
  });

  const activationId = await activationOf(portal, first);
  const refreshed = await perform(issueRefresh, { activationId }, member());
  if (!refreshed.ok) throw new Error(`expected a refresh, found ${refreshed.rejection.code}`);
  const reply = await replyOf(member(), { ...first, exchangeId: refreshed.value.exchangeId });
  expect(readToyReply(reply, keys)).toMatchObject({ sequence: 2, details: { for: 'Bear' } });

  expect((await exchange(member(), await request({ kind: 'deactivation', sequence: 2 }))).code).toBe('done');
  expect(await standingOf(portal, entitlement.id)).toEqual({ held: 0, counted: 0, states: { released: 1 } });
});

it('its own reasons to refuse are asked for', async () => {
  expect((await exchange(member(), await request({ machine: 'Broken' }))).code).toBe('product-disabled');
});

it('the product knows nothing of it', async () => {
  expect((await exchange(portal.contextFor(customer.member), await request({}))).code).toBe('file-not-recognised');
});
