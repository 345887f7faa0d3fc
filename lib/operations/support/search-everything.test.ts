import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTroubleCode } from '@/lib/licensing/support/trouble-code';
import type { OperationContext } from '../context';
import { renameDevice } from '../devices/rename-device';
import { previewFile } from '../exchange/preview-file';
import { submitFile } from '../exchange/submit-file';
import { perform } from '../operation';
import { activationOf, exchange } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer, TestEntitlement } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import type { Hit } from './search-everything';
import { searchEverything } from './search-everything';

/** A machine with a seat, and every text that finds it. */
interface Subject {
  readonly customer: TestCustomer;
  readonly entitlement: TestEntitlement;
  readonly deviceId: string;
  readonly activationId: string;
  readonly exchangeId: string;
  readonly requestId: string;
  readonly component: string;
}

let portal: TestPortal;
let asSupport: OperationContext;
let north: Subject;
let south: Subject;

async function makeSubject(name: string): Promise<Subject> {
  const customer = await makeCustomer(portal, `${name} Works`);
  const entitlement = await makeEntitlement(portal, customer, { orderReference: `SO-${name}-17` });
  const machine = await makeDevice(portal, { ...entitlement, name: `${name} press 7` });
  const requestId = crypto.randomUUID();
  const device = { name: `${name} press 7`, platform: 'linux', hostname: `${name.toLowerCase()}-hall`, appVersion: null };
  const fingerprint = { version: 1, components: machine.components };
  const file = await machine.request({ requestId, device: { ...device, fingerprint } });
  const answered = await exchange(portal.contextFor(customer.member), file);
  const activationId = await activationOf(portal, answered);
  const rows = await portal.db.execute<{ id: string }>(sql`select device_id as id from activations where id = ${activationId}`);
  const made = { customer, entitlement, activationId, requestId, deviceId: rows[0]?.id ?? '' };
  return { ...made, exchangeId: answered.exchangeId ?? '', component: machine.components.machine ?? '' };
}

beforeAll(async () => {
  portal = await makeTestPortal();
  asSupport = portal.contextFor(await makeSupport(portal));
  north = await makeSubject('Northgate');
  south = await makeSubject('Southgate');
  for (const [name, { customer, deviceId }] of [
    ['Northgate', north],
    ['Southgate', south],
  ] as const) {
    await done(renameDevice, { deviceId, assetTag: `INV-${name}-0042` }, portal.contextFor(customer.member));
  }
});

afterAll(() => portal.close());

const search = (text: string, context = asSupport) => done(searchEverything, { text }, context);
async function hitsOf(text: string): Promise<Hit[]> {
  return (await search(text)).groups.flatMap(({ hits }) => hits);
}

type Key = readonly [by: Hit['by'], text: (subject: Subject) => string, id: (subject: Subject) => string];
const KEYS: readonly Key[] = [
  ['customer-name', ({ customer }) => (customer.id === north.customer.id ? 'northgate w' : 'SOUTHGATE W'), (s) => s.customer.id],
  ['customer-code', ({ customer }) => customer.code.slice(0, 7), (s) => s.customer.id],
  ['person-email', ({ customer }) => customer.admin.label.toUpperCase(), (s) => personOf(s)],
  ['device-name', (s) => `${nameOf(s)} pr`, (s) => s.deviceId],
  ['device-asset-tag', (s) => `inv-${nameOf(s)}-00`, (s) => s.deviceId],
  ['device-hostname', (s) => `${nameOf(s)}-H`, (s) => s.deviceId],
  ['device-id', (s) => s.deviceId.slice(0, 12), (s) => s.deviceId],
  ['fingerprint', (s) => s.component.slice(0, 9), (s) => s.deviceId],
  ['activation-id', (s) => s.activationId.toUpperCase(), (s) => s.deviceId],
  ['request-id', (s) => s.requestId.slice(0, 13), (s) => s.exchangeId],
  ['exchange-id', (s) => s.exchangeId.replaceAll('-', ''), (s) => s.exchangeId],
  ['order-reference', (s) => `so-${nameOf(s)}`, (s) => s.entitlement.id],
  ['entitlement-id', (s) => s.entitlement.id, (s) => s.entitlement.id],
  ['last-four', (s) => s.entitlement.code.slice(-4).toLowerCase(), (s) => s.entitlement.id],
  ['last-four', (s) => s.entitlement.code, (s) => s.entitlement.id],
];
const nameOf = (subject: Subject) => (subject === north ? 'northgate' : 'southgate');
const personOf = ({ customer: { admin } }: Subject) => (admin.role === 'customer_admin' ? admin.userId : '');

describe('support', () => {
  it.each(KEYS)('finds by %s what is of any customer, and nothing of another', async (by, text, id) => {
    for (const subject of [north, south]) {
      const hits = (await hitsOf(text(subject))).filter((hit) => hit.by === by);
      expect(hits.map((hit) => hit.id)).toContain(id(subject));
      expect(new Set(hits.map((hit) => hit.customerId))).toEqual(new Set([subject.customer.id]));
    }
  });

  it.each(KEYS)('alone finds by %s: people of the customer do not, of their own neither', async (_, text) => {
    const { member, stranger, admin } = north.customer;
    for (const actor of [member, stranger, admin]) {
      const result = await perform(searchEverything, { text: text(north) }, portal.contextFor(actor));
      expect(result).toEqual({ ok: false, rejection: { code: 'not-allowed', facts: {} } });
    }
  });

  it.each(['%', '_', '%gate', 'orthgate', "'; --", 'N', '', '\\', '\u0000'])('finds nothing by %j', async (text) => {
    expect(await hitsOf(text)).toEqual([]);
  });

  it('is told that there is more than is shown', async () => {
    await portal.db.execute(sql`insert into devices (customer_id, dialect, name, platform, fingerprint_version, fingerprint_key, clock_skew_seconds,
      first_seen_at, last_seen_at) select ${south.customer.id}, 'native', 'Twin ' || n, 'linux', 1, 'twin ' || n, 0, now(), now() from generate_series(20, 30) n`);
    const { groups } = await search('twin ');
    expect(groups.map(({ hits, more }) => [hits.length, more])).toEqual([[10, true]]);
  });
});

describe('a trouble code', () => {
  async function refusedFile(): Promise<{ exchangeId: string; code: string }> {
    const bytes = new TextEncoder().encode('hello');
    const { submissionId } = await done(submitFile, { fileName: 'hello.txt', bytes }, portal.contextFor(north.customer.member));
    const { submission } = await done(previewFile, { submissionId }, portal.contextFor(north.customer.member));
    return { exchangeId: submissionId, code: submission.troubleCode ?? '' };
  }

  it('finds that exact attempt, though the same file was refused before and after', async () => {
    const attempts = [await refusedFile(), await refusedFile(), await refusedFile()];
    expect(new Set(attempts.map(({ code }) => code)).size).toBe(3);
    for (const { code, exchangeId } of attempts) {
      for (const typed of [code, code.toLowerCase(), ` ${code} `, `file-not-recognised · ${code}`]) {
        expect(await hitsOf(typed)).toMatchObject([{ by: 'trouble-code', id: exchangeId, customerId: north.customer.id }]);
      }
    }
  });

  it('with a wrong check character is refused as mistyped, and finds nothing', async () => {
    const { code } = await refusedFile();
    const others = [...'23456789ABCDEFGHJKLMNPQRSTUVWXY'].filter((character) => character !== code.charAt(5));
    for (const character of others) {
      const typed = code.slice(0, 5) + character;
      expect(isTroubleCode(typed)).toBe(false);
      const result = await perform(searchEverything, { text: typed }, asSupport);
      expect(result).toMatchObject({ ok: false, rejection: { code: 'trouble-code-mistyped' } });
    }
  });

  it('that is well typed and of no attempt finds nothing, without saying that it was mistyped', async () => {
    expect(await search('222222')).toMatchObject({ groups: [] });
  });

  it('of six letters that start a name does not hide the name', async () => {
    await portal.db.execute(sql`insert into customers (code, name) values ('barbet', 'BARBET GmbH')`);
    expect((await hitsOf('barbet')).map(({ by }) => by)).toContain('customer-name');
  });
});
