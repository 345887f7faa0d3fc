import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEntitlement } from '@/db/entitlements/read-entitlements';
import { createCustomer } from '../customers/create-customer';
import { assignEntitlement, disableEntitlement, enableEntitlement } from '../entitlements/change-entitlement';
import { createEntitlement } from '../entitlements/create-entitlement';
import { createCode, listCodes, withdrawCode } from '../entitlements/manage-codes';
import { initVendor } from '../keys/init-vendor';
import { perform } from '../operation';
import { createUser } from '../people/create-user';
import type { OperatorScene } from '../testing/scenes/operator-scene';
import { done, makeCatalogue, makeOperatorScene, vendorInput } from '../testing/scenes/operator-scene';
import { createOffering } from './create-offering';
import { createProduct } from './create-product';

describe('the operator’s catalogue', () => {
  let scene: OperatorScene;
  const rowsOf = async (table: string) => {
    const rows = await scene.pool.db.execute<{ count: number }>(
      sql`select count(*)::integer as count from ${sql.identifier(table)}`,
    );
    return rows[0]?.count;
  };
  const auditsOf = async (action: string) => {
    const rows = await scene.pool.db.execute(sql`select from audit_entries where action = ${action}`);
    return rows.length;
  };
  const sell = (changes: object = {}) =>
    done(createEntitlement, { customer: 'hallmann', offering: 'press-pro', seats: 5, ...changes }, scene.context);

  beforeAll(async () => {
    scene = await makeOperatorScene();
    await done(initVendor, await vendorInput(), scene.context);
    await makeCatalogue(scene.context);
  });
  afterAll(() => scene.close());

  const terms = { planType: 'perpetual', startRule: 'on-creation', offlineLeasePeriod: 'P90D' };
  const taken = [
    ['product', createProduct, { code: 'press-control', name: 'Again' }, 'products'],
    ['offering', createOffering, { product: 'press-control', code: 'press-pro', edition: 'Again', ...terms }, 'offerings'],
    ['customer', createCustomer, { code: 'hallmann', name: 'Again' }, 'customers'],
    ['person', createUser, { email: 'MEMBER@hallmann.example.com', name: 'Again', role: 'support' }, 'users'],
  ] as const;
  it.each(taken)('refuses a second %s of the same name, and writes nothing', async (what, operation, input, table) => {
    const before = [await rowsOf(table), await rowsOf('audit_entries')];
    const result = await perform<unknown, unknown>(operation, input, scene.context);
    expect(result).toMatchObject({ ok: false, rejection: { code: 'already-exists', facts: { what } } });
    expect([await rowsOf(table), await rowsOf('audit_entries')]).toEqual(before);
  });

  const wrong = [
    ['a code with a space', createProduct, { code: 'press control', name: 'Press' }],
    ['a name with a line break', createProduct, { code: 'press', name: 'Press\nControl' }],
    ['a name that turns the direction of writing', createProduct, { code: 'press', name: 'Press \u202eControl' }],
    [
      'a lease that is no duration',
      createOffering,
      { product: 'press-control', code: 'x', edition: 'X', ...terms, offlineLeasePeriod: '90' },
    ],
    [
      'a lease of a thousand years',
      createOffering,
      { product: 'press-control', code: 'x', edition: 'X', ...terms, offlineLeasePeriod: 'P1000Y' },
    ],
    ['more than a million seats', createEntitlement, { customer: 'hallmann', offering: 'press-pro', seats: 1_000_001 }],
    ['half a seat', createEntitlement, { customer: 'hallmann', offering: 'press-pro', seats: 0.5 }],
    ['a member without a customer', createUser, { email: 'a@example.com', name: 'A', role: 'member' }],
    ['support with a customer', createUser, { email: 'a@example.com', name: 'A', role: 'support', customer: 'hallmann' }],
  ] as const;
  it.each(wrong)('refuses %s', async (_, operation, input) => {
    const result = await perform<unknown, unknown>(operation, input, scene.context);
    expect(result).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });
  });

  it('refuses terms that do not go together', async () => {
    const input = { product: 'press-control', code: 'x', edition: 'X', ...terms, planType: 'trial' };
    const result = await perform(createOffering, input, scene.context);
    expect(result).toMatchObject({ ok: false, rejection: { code: 'offering-refused' } });
  });

  it('makes an entitlement with its code, its people and one audit row, or nothing of it', async () => {
    const made = await sell({ assign: ['member@hallmann.example.com'], startsAt: '2026-05-01' });
    expect(made.term).toEqual({ startsAt: new Date('2026-05-01T00:00:00Z'), endsAt: new Date('2027-05-01T00:00:00Z') });
    expect(made.activationCode).toMatch(/^([2-9A-HJ-NP-Z]{5}-){3}[2-9A-HJ-NP-Z]{5}$/);
    const tables = [
      'entitlements',
      'activation_codes',
      'activation_code_entitlements',
      'entitlement_assignments',
      'audit_entries',
    ];
    const before = await Promise.all(tables.map(rowsOf));
    expect(before.slice(0, 4)).toEqual([1, 1, 1, 1]);

    const input = { customer: 'hallmann', offering: 'press-pro', seats: 2, activationCode: made.activationCode };
    const again = await perform(createEntitlement, input, scene.context);
    expect(again).toMatchObject({ ok: false, rejection: { code: 'already-exists' } });
    expect(await Promise.all(tables.map(rowsOf))).toEqual(before);
  });

  it('stores of a code its digest and last four characters only', async () => {
    const { activationCode } = await sell();
    const rows = await scene.pool.db.execute<{ all: string }>(sql`
      select (select jsonb_agg(to_jsonb(k)) from activation_codes k)::text || (select jsonb_agg(to_jsonb(a)) from audit_entries a)::text as all`);
    const [first = ''] = activationCode.split('-');
    expect(rows[0]?.all).toContain(activationCode.slice(-4));
    expect(rows[0]?.all).not.toContain(first);
  });

  it.each([
    ['customer', { customer: 'nobody' }],
    ['offering', { offering: 'nothing' }],
    ['person of this customer', { assign: ['nobody@example.com'] }],
    ['person of this customer', { assign: ['member@brightwater.example.com'] }],
  ])('refuses an entitlement for an unknown %s: %o', async (what, changes) => {
    const input = { customer: 'hallmann', offering: 'press-pro', seats: 1, ...changes };
    const result = await perform(createEntitlement, input, scene.context);
    expect(result).toMatchObject({ ok: false, rejection: { code: 'unknown-name', facts: { what } } });
  });

  it('disables and enables an entitlement once each, with a new revision every time', async () => {
    const { id: entitlementId } = await sell();
    const neighbour = await sell();
    const revision = async (id: string) => {
      const row = await readEntitlement(scene.pool.db, { scope: { kind: 'all' }, entitlementId: id });
      return [row?.entitlement.revision, row?.entitlement.disabledAt !== null];
    };
    expect((await done(disableEntitlement, { entitlementId }, scene.context)).changed).toBe(true);
    expect((await done(disableEntitlement, { entitlementId }, scene.context)).changed).toBe(false);
    expect(await revision(entitlementId)).toEqual([2, true]);
    expect((await done(enableEntitlement, { entitlementId }, scene.context)).changed).toBe(true);
    expect(await revision(entitlementId)).toEqual([3, false]);
    expect(await revision(neighbour.id)).toEqual([1, false]);
    expect([await auditsOf('entitlement.disabled'), await auditsOf('entitlement.enabled')]).toEqual([1, 1]);
  });

  it('assigns an entitlement to a person once, and takes it away', async () => {
    const { id: entitlementId } = await sell();
    const input = { entitlementId, emails: ['member@hallmann.example.com'] };
    expect((await done(assignEntitlement, input, scene.context)).changed).toBe(1);
    expect((await done(assignEntitlement, input, scene.context)).changed).toBe(0);
    expect((await done(assignEntitlement, { ...input, remove: true }, scene.context)).changed).toBe(1);
    expect([await auditsOf('entitlement.assigned'), await auditsOf('entitlement.unassigned')]).toEqual([1, 1]);
  });

  it('makes a code for a bundle of one customer, and withdraws it', async () => {
    const [one, other] = [await sell(), await sell()];
    const foreign = await sell({ customer: 'brightwater' });
    const mixed = await perform(createCode, { entitlementIds: [one.id, foreign.id] }, scene.context);
    expect(mixed).toMatchObject({ ok: false, rejection: { code: 'input-refused' } });

    const bundle = await done(createCode, { entitlementIds: [one.id, other.id, one.id] }, scene.context);
    const listed = await done(listCodes, { entitlementId: other.id }, scene.context);
    expect(listed.map(({ entitlementIds }) => entitlementIds.length)).toEqual([1, 2]);
    expect((await done(withdrawCode, { code: bundle.activationCode.toLowerCase() }, scene.context)).changed).toBe(true);
    expect((await done(withdrawCode, { code: bundle.id }, scene.context)).changed).toBe(false);
    const after = await done(listCodes, { entitlementId: other.id }, scene.context);
    expect(after.map(({ withdrawnAt }) => withdrawnAt !== null)).toEqual([false, true]);
  });

  it('is closed to everybody but the operator', async () => {
    const support = scene.as({ role: 'support', userId: crypto.randomUUID(), label: 'support' });
    const result = await perform(createProduct, { code: 'mine', name: 'Mine' }, support);
    expect(result).toMatchObject({ ok: false, rejection: { code: 'not-allowed' } });
  });
});
