import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadReply } from '../exchange/show-exchange';
import { issueRefresh } from '../leases/issue-refresh';
import { perform } from '../operation';
import { activationOf, exchange } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { renameDevice } from './rename-device';

let portal: TestPortal;
let customer: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});

afterAll(() => portal.close());

async function makeNamed(name = 'Press line 7') {
  const entitlement = await makeEntitlement(portal, customer);
  const machine = await makeDevice(portal, { ...entitlement, name });
  const activationId = await activationOf(portal, await exchange(portal.contextFor(customer.member), await machine.request()));
  const rows = await portal.db.execute<{ id: string }>(sql`select device_id as id from activations where id = ${activationId}`);
  return { machine, activationId, deviceId: rows[0]?.id ?? '' };
}

const nameOf = async (deviceId: string) => {
  const rows = await portal.db.execute<{ name: string }>(sql`select name from devices where id = ${deviceId}`);
  return rows[0]?.name;
};
const tagOf = async (deviceId: string) => {
  const rows = await portal.db.execute<{ tag: string | null }>(sql`select asset_tag as tag from devices where id = ${deviceId}`);
  return rows[0]?.tag;
};
const auditOf = async (deviceId: string, action = 'device.renamed') => [
  ...(await portal.db.execute(sql`select detail, customer_id, actor, role from audit_entries
    where device_id = ${deviceId} and action = ${action} order by id`)),
];
const rename = (input: object, context = portal.contextFor(customer.member)) => perform(renameDevice, input, context);

describe('a device that is renamed', () => {
  it('has the new name and one audit row with both; its neighbours keep theirs', async () => {
    const [{ deviceId }, neighbour] = [await makeNamed(), await makeNamed('Neighbour')];
    expect(await rename({ deviceId, name: '  Saw 2\u0308  ' })).toEqual({ ok: true, value: { changed: true } });
    expect([await nameOf(deviceId), await nameOf(neighbour.deviceId)]).toEqual(['Saw 2\u0308', 'Neighbour']);
    const by = { customer_id: customer.id, actor: customer.member.label, role: 'member' };
    expect(await auditOf(deviceId)).toEqual([{ detail: { from: 'Press line 7', to: 'Saw 2\u0308' }, ...by }]);
    expect(await auditOf(neighbour.deviceId)).toEqual([]);
  });

  it('to the name it has is not changed, and leaves no trace', async () => {
    const { deviceId } = await makeNamed();
    expect(await rename({ deviceId, name: 'Press line 7' })).toEqual({ ok: true, value: { changed: false } });
    expect(await auditOf(deviceId)).toEqual([]);
  });

  it('keeps the name when it asks again under its old one, and its files carry the new one', async () => {
    const { deviceId, machine, activationId } = await makeNamed();
    const context = portal.contextFor(customer.member);
    await done(renameDevice, { deviceId, name: '=Saw "2"' }, context);
    await exchange(context, await machine.request());
    expect(await nameOf(deviceId)).toBe('=Saw "2"');
    const { exchangeId } = await done(issueRefresh, { activationId }, context);
    const { name, text } = await done(downloadReply, { exchangeId }, context);
    expect(name).toBe('=Saw -2.refresh');
    expect(text).toContain('Device: =Saw "2"');
  });

  it.each(['', '   ', 'x'.repeat(101), 'two\nlines', 'nul\u0000', 'a\u202Eb', 'five ----- hyphens', 'line\u2028separator'])(
    'cannot be called %j',
    async (name) => {
      const { deviceId } = await makeNamed();
      expect(await rename({ deviceId, name })).toMatchObject({ rejection: { code: 'input-refused' } });
      expect(await nameOf(deviceId)).toBe('Press line 7');
    },
  );

  it('can be called anything of one line and up to 100 characters', async () => {
    const { deviceId } = await makeNamed();
    for (const name of ['x'.repeat(100), '=1+1', '"; drop table devices; --', '压力机 7 🛠']) {
      expect(await rename({ deviceId, name })).toMatchObject({ ok: true });
      expect(await nameOf(deviceId)).toBe(name);
    }
  });

  it('by many at once has the name of one of them, and the audit tells an unbroken chain', async () => {
    const { deviceId } = await makeNamed();
    const names = Array.from({ length: 6 }, (_, index) => `Name ${index}`);
    await Promise.all(names.map((name) => rename({ deviceId, name })));
    const told = (await auditOf(deviceId)).map(({ detail }) => detail as { from: string; to: string });
    expect(told).toHaveLength(6);
    const froms = new Map(told.map(({ from, to }) => [from, to]));
    let name = 'Press line 7';
    for (let step = 0; step < 6; step += 1) name = froms.get(name) ?? '';
    expect(await nameOf(deviceId)).toBe(name);
    expect(names).toContain(name);
  });

  it('of another customer, or not assigned, is not there', async () => {
    const { deviceId } = await makeNamed();
    const other = await makeCustomer(portal);
    for (const actor of [other.admin, other.member, customer.stranger]) {
      expect(await rename({ deviceId, name: 'Taken' }, portal.contextFor(actor))).toMatchObject({
        ok: false,
        rejection: { code: 'not-found', facts: {} },
      });
    }
    expect(await nameOf(deviceId)).toBe('Press line 7');
    expect(await rename({ deviceId: randomUUID(), name: 'Taken' })).toMatchObject({ rejection: { code: 'not-found' } });
  });

  it('by support is written to the audit of its customer', async () => {
    const { deviceId } = await makeNamed();
    await done(renameDevice, { deviceId, name: 'By support' }, portal.contextFor(await makeSupport(portal)));
    expect(await auditOf(deviceId)).toMatchObject([{ customer_id: customer.id, role: 'support' }]);
  });
});

describe('the asset tag of a device', () => {
  const by = () => ({ customer_id: customer.id, actor: customer.member.label, role: 'member' });

  it('is written with one audit row of its own; name and neighbours stay', async () => {
    const [{ deviceId }, neighbour] = [await makeNamed(), await makeNamed('Neighbour')];
    expect(await tagOf(deviceId)).toBeNull();
    expect(await rename({ deviceId, assetTag: ' INV-0042 ' })).toEqual({ ok: true, value: { changed: true } });
    expect([await tagOf(deviceId), await nameOf(deviceId), await tagOf(neighbour.deviceId)]).toEqual([
      'INV-0042',
      'Press line 7',
      null,
    ]);
    expect(await auditOf(deviceId, 'device.tagged')).toEqual([{ detail: { from: null, to: 'INV-0042' }, ...by() }]);
    expect(await auditOf(deviceId)).toEqual([]);
    expect(await auditOf(neighbour.deviceId, 'device.tagged')).toEqual([]);
  });

  it('and its name in one go leave an audit row each; what is the same leaves none', async () => {
    const { deviceId } = await makeNamed();
    await rename({ deviceId, name: 'Saw 2', assetTag: 'INV-1' });
    await rename({ deviceId, name: 'Saw 2', assetTag: 'INV-2' });
    expect(await rename({ deviceId, name: 'Saw 2', assetTag: 'INV-2' })).toEqual({ ok: true, value: { changed: false } });
    expect((await auditOf(deviceId)).map(({ detail }) => detail)).toEqual([{ from: 'Press line 7', to: 'Saw 2' }]);
    const tagged = (await auditOf(deviceId, 'device.tagged')).map(({ detail }) => detail);
    expect(tagged).toEqual([
      { from: null, to: 'INV-1' },
      { from: 'INV-1', to: 'INV-2' },
    ]);
  });

  it.each(['', '  '])('is taken away by %j', async (nothing) => {
    const { deviceId } = await makeNamed();
    await rename({ deviceId, assetTag: 'INV-3' });
    expect(await rename({ deviceId, assetTag: nothing })).toEqual({ ok: true, value: { changed: true } });
    expect(await tagOf(deviceId)).toBeNull();
    expect((await auditOf(deviceId, 'device.tagged'))[1]).toMatchObject({ detail: { from: 'INV-3', to: null } });
  });

  it('can be any line of up to 64 characters', async () => {
    const { deviceId } = await makeNamed();
    for (const tag of ['x'.repeat(64), '=1+1', '"; drop table devices; --', '资产 42']) {
      expect(await rename({ deviceId, assetTag: tag })).toMatchObject({ ok: true });
      expect(await tagOf(deviceId)).toBe(tag);
    }
  });

  it.each(['x'.repeat(65), 'two\nlines', 'nul\u0000', 'a\u202Eb', 7, {}, ['INV-1']])('cannot be %j', async (tag) => {
    const { deviceId } = await makeNamed();
    expect(await rename({ deviceId, name: 'Saw 2', assetTag: tag })).toMatchObject({ rejection: { code: 'input-refused' } });
    expect([await tagOf(deviceId), await nameOf(deviceId)]).toEqual([null, 'Press line 7']);
  });

  it('stays when the device brings another request', async () => {
    const { deviceId, machine } = await makeNamed();
    await rename({ deviceId, assetTag: 'INV-4' });
    await exchange(portal.contextFor(customer.member), await machine.request());
    expect(await tagOf(deviceId)).toBe('INV-4');
  });

  it('of another customer, or not assigned, is not there; nothing to change is refused', async () => {
    const { deviceId } = await makeNamed();
    const other = await makeCustomer(portal);
    for (const actor of [other.admin, other.member, customer.stranger]) {
      expect(await rename({ deviceId, assetTag: 'Taken' }, portal.contextFor(actor))).toMatchObject({
        rejection: { code: 'not-found' },
      });
    }
    expect(await rename({ deviceId })).toMatchObject({ rejection: { code: 'input-refused' } });
    expect(await tagOf(deviceId)).toBeNull();
  });
});
