import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { perform } from '../operation';
import { performOrThrow } from '../perform-or-throw';
import { makeCustomer, makeEntitlement, OPERATOR } from '../testing/test-customer';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { changeProduct } from './change-product';
import { listProducts } from './list-catalogue';

let portal: TestPortal;
let sold: string;
const portals: TestPortal[] = [];
beforeEach(async () => {
  portal = await makeTestPortal();
  portals.push(portal);
  sold = (await makeEntitlement(portal, await makeCustomer(portal))).id;
});
afterAll(() => Promise.all(portals.map((each) => each.close())));

const set = (change: Record<string, unknown>) =>
  perform(changeProduct, { code: 'press-control', ...change }, portal.contextFor(OPERATOR));

async function standing() {
  const products = await performOrThrow(listProducts, {}, portal.contextFor(OPERATOR));
  const { fingerprintRequired, fingerprintComponents, fingerprintMust, guestExchange } = products[0] ?? {};
  const [row] = await portal.db.execute<{ revision: number; changes: number }>(sql`
    select e.revision, (select count(*)::integer from audit_entries where action = 'product.changed') as changes
    from entitlements e where e.id = ${sold}::uuid`);
  return { fingerprintRequired, fingerprintComponents, fingerprintMust, guestExchange, ...row };
}

it('changes what machines are known by, and what was decided before on what was sold of it does not hold', async () => {
  const before = await standing();
  expect(await set({ fingerprintComponents: ['board', 'serial', 'board'], fingerprintMust: ['serial'] })).toMatchObject({
    value: { changed: true },
  });
  const components = { fingerprintComponents: ['board', 'serial'], fingerprintMust: ['serial'] };
  expect(await standing()).toEqual({ ...before, ...components, revision: (before.revision ?? 0) + 1, changes: 1 });
  expect(await set({ fingerprintRequired: 1 })).toMatchObject({ value: { changed: true } });
  expect(await standing()).toMatchObject({ ...components, fingerprintRequired: 1, changes: 2 });
});

it('leaves what is so already as it is, without a word in the audit', async () => {
  await set({ fingerprintRequired: 3, fingerprintMust: [] });
  const before = await standing();
  expect(await set({ fingerprintRequired: 3, fingerprintMust: [] })).toMatchObject({ value: { changed: false } });
  expect(await standing()).toEqual(before);
});

it('lets decisions hold when only the exchange without signing in is switched', async () => {
  const before = await standing();
  expect(await set({ guestExchange: true })).toMatchObject({ value: { changed: true } });
  expect(await standing()).toEqual({ ...before, guestExchange: true, changes: 1 });
});

it.each([
  ['more must match than count', { fingerprintComponents: ['board'] }],
  ['others must match than count', { fingerprintMust: ['dongle'] }],
  ['none counts', { fingerprintComponents: [] }],
  ['more must match than count already', { fingerprintRequired: 16 }],
])('refuses components that do not go together: %s', async (_, change) => {
  const before = await standing();
  expect(await set(change)).toMatchObject({ ok: false, rejection: { code: 'components-refused' } });
  expect(await standing()).toEqual(before);
});

it('refuses a product that is not there, and a change of nothing', async () => {
  const context = portal.contextFor(OPERATOR);
  expect(await perform(changeProduct, { code: 'nobody', fingerprintRequired: 2 }, context)).toMatchObject({
    rejection: { code: 'unknown-name' },
  });
  expect(await set({})).toMatchObject({ rejection: { code: 'input-refused' } });
});
