import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listDevices } from './devices/list-devices';
import { listExchanges } from './exchange/list-exchanges';
import { previewFile } from './exchange/preview-file';
import { downloadReply } from './exchange/show-exchange';
import { submitFile } from './exchange/submit-file';
import { issueRefresh } from './leases/issue-refresh';
import { perform } from './operation';
import { releaseSeat } from './seats/release-seat';
import { activationOf, exchange } from './testing/exchange';
import type { TestCustomer } from './testing/test-customer';
import { makeCustomer, makeEntitlement } from './testing/test-customer';
import { makeDevice } from './testing/test-device';
import type { TestPortal } from './testing/test-portal';
import { makeTestPortal } from './testing/test-portal';

let portal: TestPortal;
let own: TestCustomer;
let other: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  own = await makeCustomer(portal);
  other = await makeCustomer(portal, 'Southgate Works');
});

afterAll(() => portal.close());

async function submit(customer: TestCustomer, file: string) {
  const context = portal.contextFor(customer.member);
  const submitted = await perform(submitFile, { fileName: null, bytes: new TextEncoder().encode(file) }, context);
  return submitted.ok ? submitted.value.submissionId : '';
}

describe('what a person is told', () => {
  it('of a key that made a seat of another customer is only that it is taken', async () => {
    const theirs = await makeEntitlement(portal, other);
    const device = await makeDevice(portal, { ...theirs, name: 'Their secret press' });
    await exchange(portal.contextFor(other.member), await device.request());
    const ours = await makeEntitlement(portal, own);
    const submissionId = await submit(own, await device.request({ activationCode: ours.code }));
    const preview = await perform(previewFile, { submissionId }, portal.contextFor(own.member));
    expect(preview).toMatchObject({ ok: true, value: { rejection: { code: 'activated-elsewhere', facts: {} } } });
    expect(preview).toMatchObject({ value: { preview: { device: null, entitlement: null, seats: null } } });
  });

  it('of a colleague’s machine is not its name', async () => {
    const theirs = await makeEntitlement(portal, own);
    await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${theirs.id}`);
    const machine = await makeDevice(portal, { ...theirs, name: 'Colleague’s press' });
    await exchange(portal.contextFor(own.admin), await machine.request());
    const mine = await makeEntitlement(portal, own);
    const anew = await makeDevice(portal, { ...mine, name: 'My press', components: machine.components });
    const submissionId = await submit(own, await anew.request());
    const preview = await perform(previewFile, { submissionId }, portal.contextFor(own.member));
    expect(preview).toMatchObject({ ok: true, value: { preview: { device: null, deviceName: 'My press' } } });
    const done = await exchange(portal.contextFor(own.member), await anew.request());
    const rows = await portal.db.execute(sql`select device_name as name from exchanges where id = ${done.exchangeId}`);
    expect(rows).toEqual([{ name: 'My press' }]);
  });

  it('ends when an entitlement is no longer theirs', async () => {
    const entitlement = await makeEntitlement(portal, own);
    const device = await makeDevice(portal, { ...entitlement, name: 'Taken away' });
    const context = portal.contextFor(own.member);
    const done = await exchange(context, await device.request());
    await portal.db.execute(sql`delete from entitlement_assignments where entitlement_id = ${entitlement.id}`);
    const download = await perform(downloadReply, { exchangeId: done.exchangeId }, context);
    expect(download).toMatchObject({ ok: false, rejection: { code: 'not-found' } });
    const listed = await perform(listExchanges, {}, context);
    expect(JSON.stringify(listed)).not.toContain('Taken away');
    const found = await perform(listDevices, { search: await activationOf(portal, done) }, context);
    expect(found).toMatchObject({ ok: true, value: { rows: [] } });
  });
});

describe('the front door', () => {
  it('shows the newest files that wait, newest first', async () => {
    const entitlement = await makeEntitlement(portal, own);
    for (let file = 0; file < 8; file += 1) {
      const device = await makeDevice(portal, { ...entitlement, name: `Waits ${file}` });
      await submit(own, await device.request());
    }
    const listed = await perform(listExchanges, {}, portal.contextFor(own.member));
    const names = listed.ok ? listed.value.waiting.map(({ deviceName }) => deviceName) : [];
    expect(names).toEqual(['Waits 7', 'Waits 6', 'Waits 5', 'Waits 4', 'Waits 3', 'Waits 2']);
  });
});

describe('a refused act without a file', () => {
  it('is written to the audit', async () => {
    const entitlement = await makeEntitlement(portal, own);
    const device = await makeDevice(portal, entitlement);
    const done = await exchange(portal.contextFor(own.member), await device.request());
    const activationId = await activationOf(portal, done);
    const release = () => perform(releaseSeat, { activationId, reason: 'lost' }, portal.contextFor(own.admin));
    await release();
    await release();
    await perform(issueRefresh, { activationId }, portal.contextFor(own.member));
    const rows = await portal.db.execute(
      sql`select action, code from audit_entries where activation_id = ${activationId} and code is not null order by id`,
    );
    expect(rows).toEqual([
      { action: 'seat.release-refused', code: 'lease-still-running' },
      { action: 'lease.refused', code: 'activation-released' },
    ]);
  });
});

describe('a list', () => {
  it.each(['99999999999999_00000000-0000-4000-8000-000000000000', '999999999999999_x', "1' or 1=1", '', '0_0'])(
    'starts at its beginning, or where nothing is, for the cursor %j',
    async (after) => {
      const listed = await perform(listDevices, { after, search: 'a\u0000b'.padEnd(6000, 'x') }, portal.contextFor(own.admin));
      expect(listed.ok).toBe(true);
    },
  );
});
