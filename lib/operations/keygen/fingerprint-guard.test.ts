import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { holdEntitlement } from '@/db/testing/hold-lock';
import { rewriteFunction } from '@/db/testing/rewrite-function';
import { commit, submit } from '../testing/at-once';
import { exchange } from '../testing/exchange';
import { deviceText, makeKeygenKeys, makeLicence } from '../testing/keygen';
import { makeCustomer } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';

let portal: TestPortal;

beforeEach(async () => {
  portal = await makeTestPortal({ connections: 6 });
  await makeKeygenKeys(portal);
});

afterEach(() => portal.close());

/**
 * Activates a machine on a licence of another customer while its first activation is decided and not yet written.
 *
 * @returns the outcome of the first activation
 */
async function overtake(): Promise<string> {
  const policy = { fingerprintUniqueIn: 'vendor' } as const;
  const [customer, stranger] = [await makeCustomer(portal), await makeCustomer(portal)];
  const [one, other] = [await makeLicence(portal, customer, { policy }), await makeLicence(portal, stranger, { policy })];
  const fingerprint = `cpu-${randomUUID()}`;
  const member = portal.contextFor(customer.member);
  const submissionId = await submit(member, deviceText(one.key, fingerprint));
  const held = await holdEntitlement(portal.ownerUrl, one.id);
  const slow = commit(member, submissionId);
  await held.waiting(1);
  expect((await exchange(portal.contextFor(stranger.member), deviceText(other.key, fingerprint))).code).toBe('done');
  await held.letGo();
  return (await slow).code;
}

it('a machine that was activated elsewhere meanwhile is not activated once more', async () => {
  expect(await overtake()).toBe('keygen-fingerprint-taken');
});

it('without the guard it would be', async () => {
  await rewriteFunction(portal.ownerUrl, {
    name: 'commit_issue(jsonb)',
    found: /if dialect_refuses_seat\(/,
    instead: 'if false and dialect_refuses_seat(',
  });
  expect(await overtake()).toBe('done');
});
