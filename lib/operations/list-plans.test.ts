import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LongAudit } from '@/db/testing/generate-audit';
import { readLongAudit } from '@/db/testing/generate-audit';
import type { Sought } from '@/db/testing/generate-fleet';
import { FLEET_TABLES, generateFleet } from '@/db/testing/generate-fleet';
import type { RunText, Statement } from '@/db/testing/read-plan';
import { sequentialScans, settledReads, settledScans } from '@/db/testing/read-plan';
import type { Actor } from './actor';
import { listAudit } from './audit/list-audit';
import { createOffering } from './catalogue/create-offering';
import type { OperationContext } from './context';
import { listDevices } from './devices/list-devices';
import { showDevice } from './devices/show-device';
import { showEntitlement } from './entitlements/show-entitlement';
import { listExchanges } from './exchange/list-exchanges';
import { listCalendar } from './leases/calendar-feed';
import { makeCalendarLink } from './leases/calendar-link';
import { listLeases } from './leases/list-leases';
import type { Result } from './operation';
import { perform } from './operation';
import { listSeats } from './seats/list-seats';
import { done } from './testing/scenes/operator-scene';
import { OPERATOR } from './testing/test-customer';
import type { TestPortal } from './testing/test-portal';
import { makeTestPortal } from './testing/test-portal';
import { makeVisitor } from './testing/visitor';

/** Few devices for each customer, so that the tables of customers and of devices are both large. */
const SIZE = { devices: 20_000, customers: 5_000, auditEntries: 20_000 };
/** An entry in the middle of the audit. */
const MIDDLE = SIZE.devices;

let portal: TestPortal;
let audit: LongAudit;
let sought: Sought;
let owner: postgres.Sql;
let app: postgres.Sql;
/** A cursor in the middle of the lists that are ordered by time. */
let cursor: string;
const sent: Statement[] = [];

beforeAll(async () => {
  portal = await makeTestPortal();
  const terms = { edition: 'Pro', planType: 'subscription', startRule: 'on-date', termLength: 'P5Y' };
  const offering = { product: 'press-control', code: 'press-control-pro', offlineLeasePeriod: 'P90D', ...terms };
  const { id } = await done(createOffering, offering, portal.contextFor(OPERATOR));
  sought = await generateFleet(portal.ownerUrl, id, SIZE);
  audit = await readLongAudit(portal.db);
  owner = postgres(portal.ownerUrl, { max: 1, onnotice: () => undefined });
  cursor = `${Date.now()}_${audit.deviceId}`;
  app = postgres(portal.url, { max: 1, fetch_types: false, onnotice: () => undefined });
});

afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await portal.close();
});

type Reader = 'member' | 'administrator' | 'support';

function actorOf(reader: Reader): Actor {
  const { customerId, memberId, adminId } = audit;
  switch (reader) {
    case 'member':
      return { role: 'member', userId: memberId, customerId, label: 'member' };
    case 'administrator':
      return { role: 'customer_admin', userId: adminId, customerId, label: 'administrator' };
    case 'support':
      return { role: 'support', userId: adminId, label: 'support' };
  }
}

type Look = (context: OperationContext) => Promise<Result<unknown>>;

/** Every list, from its start and from its middle. */
const LOOKS: Readonly<Record<string, Look>> = {
  'newest audit': (context) => perform(listAudit, {}, context),
  'audit further on': (context) => perform(listAudit, { after: MIDDLE }, context),
  'audit further back': (context) => perform(listAudit, { before: MIDDLE }, context),
  'oldest audit': (context) => perform(listAudit, { fromEnd: true }, context),
  'refused attempts in the audit': (context) => perform(listAudit, { refusedOnly: true, after: MIDDLE }, context),
  'audit of a device': (context) => perform(listAudit, { deviceId: audit.deviceId, after: MIDDLE }, context),
  'audit of an entitlement': (context) => perform(listAudit, { entitlementId: audit.entitlementId }, context),
  'audit of a person': (context) => perform(listAudit, { userId: audit.memberId }, context),
  'leases that run': (context) => perform(listLeases, {}, context),
  'leases further on': (context) => perform(listLeases, { after: cursor }, context),
  'leases that end soon': (context) => perform(listLeases, { window: '7' }, context),
  'leases that ended': (context) => perform(listLeases, { window: 'ended' }, context),
  'all leases': (context) => perform(listLeases, { window: 'all' }, context),
  'leases for a calendar': async (context) => {
    const { secret } = await done(makeCalendarLink, {}, { ...context, db: portal.db });
    return perform(listCalendar, { secret }, { ...context, actor: makeVisitor() });
  },
  devices: (context) => perform(listDevices, {}, context),
  'devices further on': (context) => perform(listDevices, { after: cursor }, context),
  'devices that came back': (context) => perform(listDevices, { cameBack: true }, context),
  'devices by name': (context) => perform(listDevices, { search: 'Press line 77' }, context),
  'devices by the start of an id': (context) => perform(listDevices, { search: '7f' }, context),
  'newest exchanges': (context) => perform(listExchanges, {}, context),
  'exchanges of a device': (context) => perform(showDevice, { deviceId: audit.deviceId }, context),
  'exchanges of an entitlement': (context) => perform(showEntitlement, { entitlementId: audit.entitlementId }, context),
  'seats of an entitlement': (context) => perform(listSeats, { entitlementId: audit.entitlementId }, context),
};

/** A list of a person's own, which support does not have. */
const PERSONAL = 'leases for a calendar';

/** The statements that a list sends. */
async function statementsOf(look: string, reader: Reader): Promise<readonly Statement[]> {
  sent.length = 0;
  const db = drizzle(app, { logger: { logQuery: (sql, params) => sent.push({ sql, params }) } });
  expect(await LOOKS[look]?.({ ...portal.contextFor(actorOf(reader)), db })).toMatchObject({ ok: true });
  expect(sent).not.toEqual([]);
  return [...sent];
}

const run: RunText = (text, parameters) => owner.unsafe(text, [...parameters] as never[]);

/** Large tables that the statements would read from end to end, with a fresh plan or a cached one. */
async function largeScans(statements: readonly Statement[]): Promise<string[]> {
  const found: string[] = [];
  for (const statement of statements) {
    found.push(...(await sequentialScans(run, statement, 'these')), ...(await settledScans(run, statement)));
  }
  return found.filter((table) => FLEET_TABLES.includes(table));
}

/** Room for pages of 50 in each direction, entries that the filter skips, and one more read of each entry for its details. */
const FEW_ENTRIES = 2000;

async function entriesRead(statements: readonly Statement[]): Promise<number> {
  let read = 0;
  for (const statement of statements) read += await settledReads(run, statement, 'audit_entries');
  return read;
}

const READERS = ['member', 'administrator', 'support'] as const;

/** Reader, indexes that can replace one another, and a list that needs one of them. */
const CONTROLS = [
  ['administrator', 'audit_entries_customer, audit_entries_pkey', 'newest audit'],
  ['support', 'audit_entries_pkey', 'oldest audit'],
  ['administrator', 'audit_entries_device, audit_entries_customer, audit_entries_pkey', 'audit of a device'],
  ['support', 'activations_lease_ends', 'leases that run'],
  ['administrator', 'devices_last_seen, devices_last_seen_of_all, devices_in_customer, devices_fingerprint', 'devices'],
  ['support', 'devices_last_seen_of_all', 'devices further on'],
  ['support', 'devices_name_start', 'devices by name'],
  ['support', 'exchanges_answers_of_all', 'newest exchanges'],
  ['administrator', 'exchanges_device, exchanges_customer', 'exchanges of a device'],
  ['member', 'exchanges_entitlement, exchanges_customer', 'exchanges of an entitlement'],
] as const;

async function dropIndex(name: string): Promise<void> {
  const [constraint] = await owner`select conrelid::regclass::text as table from pg_constraint where conname = ${name}`;
  await owner.unsafe(
    constraint === undefined ? `drop index ${name}` : `alter table ${constraint.table} drop constraint ${name} cascade`,
  );
}

describe(`with ${SIZE.devices} devices of ${SIZE.customers} customers and ${SIZE.auditEntries} entries in the audit of one`, () => {
  for (const reader of READERS) {
    const looks = Object.keys(LOOKS).filter((look) => reader !== 'support' || look !== PERSONAL);
    it.each(looks)(`for ${reader}: %s read no large table from end to end`, async (look) => {
      expect(await largeScans(await statementsOf(look, reader))).toEqual([]);
    });
  }

  it.each(CONTROLS)('for %s, without %s, %s would, and the check says so', async (reader, names, look) => {
    const statements = await statementsOf(look, reader);
    await owner`begin`;
    try {
      for (const name of names.split(', ')) await dropIndex(name);
      expect(await largeScans(statements)).not.toEqual([]);
    } finally {
      await owner`rollback`;
    }
    expect(await largeScans(statements)).toEqual([]);
  });

  it.each(READERS)('for %s, no page of the audit reads more than a few pages of entries', async (reader) => {
    for (const look of Object.keys(LOOKS).filter((name) => name.includes('audit'))) {
      expect(await entriesRead(await statementsOf(look, reader)), look).toBeLessThan(FEW_ENTRIES);
    }
  });

  it('the check says when all entries of an entitlement are read and sorted', async () => {
    const statements = await statementsOf('newest audit', 'member');
    await owner`begin`;
    try {
      await dropIndex('audit_entries_entitlement');
      await owner`create index on audit_entries (entitlement_id)`;
      expect(await entriesRead(statements)).toBeGreaterThan(SIZE.auditEntries);
    } finally {
      await owner`rollback`;
    }
  });

  it('support finds a device of any customer by the start of its name, host name, fingerprint or activation id', async () => {
    const { deviceName, hostname, digest, activationId } = sought;
    for (const search of [
      deviceName.toUpperCase(),
      hostname.slice(0, 16),
      digest.slice(0, 10),
      activationId,
      activationId.slice(0, 13),
    ]) {
      const { rows } = await done(listDevices, { search }, portal.contextFor(actorOf('support')));
      expect(
        rows.map(({ device }) => device.id),
        search,
      ).toContain(sought.deviceId);
    }
    const { rows } = await done(listDevices, { search: deviceName.slice(1) }, portal.contextFor(actorOf('support')));
    expect(rows).toEqual([]);
  });
});
