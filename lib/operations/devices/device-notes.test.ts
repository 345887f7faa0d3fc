import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationContext } from '../context';
import { perform } from '../operation';
import { activationOf, exchange } from '../testing/exchange';
import { listOperations } from '../testing/list-operations';
import { done } from '../testing/scenes/operator-scene';
import { makeCustomer, makeEntitlement, makeSupport } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { deviceNotes, noteDevice } from './device-notes';

let portal: TestPortal;
let deviceId: string;
let asSupport: OperationContext;

beforeAll(async () => {
  portal = await makeTestPortal();
  asSupport = portal.contextFor(await makeSupport(portal));
  const customer = await makeCustomer(portal);
  const machine = await makeDevice(portal, await makeEntitlement(portal, customer));
  const answered = await exchange(portal.contextFor(customer.member), await machine.request());
  const rows = await portal.db.execute<{ id: string }>(
    sql`select device_id as id from activations where id = ${await activationOf(portal, answered)}`,
  );
  deviceId = rows[0]?.id ?? '';
});

afterAll(() => portal.close());

async function written() {
  const rows = await portal.db.execute(sql`select
    (select count(*)::integer from device_notes) as notes, (select count(*)::integer from audit_entries where code is null) as audited`);
  return rows[0];
}

describe('a note on a device', () => {
  it('is added to those before it, which stay as they were, newest first', async () => {
    await done(noteDevice, { deviceId, body: ' Clock battery is flat ' }, asSupport);
    const [first] = await done(deviceNotes, { deviceId }, asSupport);
    await done(noteDevice, { deviceId, body: 'Moved to hall 3' }, asSupport);
    const notes = await done(deviceNotes, { deviceId }, asSupport);
    expect(notes.map(({ body }) => body)).toEqual(['Moved to hall 3', 'Clock battery is flat']);
    expect(notes[1]).toEqual(first);
    expect(first?.author).toBe(asSupport.actor?.label);
  });

  it('is in the audit, but in that of no customer, and without its words', async () => {
    const rows = await portal.db.execute(
      sql`select customer_id, actor, role, detail from audit_entries where action = 'device.noted' and device_id = ${deviceId}`,
    );
    const row = { customer_id: null, actor: asSupport.actor?.label, role: 'support', detail: {} };
    expect(rows).toEqual([row, row]);
  });

  it.each(['', '  \n', 'x'.repeat(2001), 'a\u0000b', '\ud800'])('is refused as %j, and nothing is written', async (body) => {
    const before = await written();
    expect(await perform(noteDevice, { deviceId, body }, asSupport)).toMatchObject({ rejection: { code: 'input-refused' } });
    expect(await written()).toEqual(before);
  });

  it('on a device that is not there is refused, and nothing is written', async () => {
    const before = await written();
    const result = await perform(noteDevice, { deviceId: randomUUID(), body: 'Lost' }, asSupport);
    expect(result).toMatchObject({ rejection: { code: 'not-found' } });
    expect(await written()).toEqual(before);
  });

  it('can be written and read, and nothing else: no operation changes or deletes one', async () => {
    const commands = (await listOperations()).filter(({ permission }) => permission === 'device-note:manage');
    expect(commands.map(({ name }) => name).sort()).toEqual(['device.note', 'device.notes']);
  });

  it.each(['update device_notes set body = body', 'delete from device_notes'])(
    'is kept from the portal itself: %s',
    async (change) => {
      await expect(portal.db.execute(sql.raw(change))).rejects.toMatchObject({ cause: { code: '42501' } });
    },
  );
});
