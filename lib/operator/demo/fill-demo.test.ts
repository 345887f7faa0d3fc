import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabasePool } from '@/db/client';
import { openDatabase } from '@/db/client';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import { listEntitlements } from '@/lib/operations/entitlements/list-entitlements';
import { openKeyring } from '@/lib/operations/keys/keyring';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { isActivationCode } from '@/lib/signing/activation-code';
import { localMasterKey } from '@/lib/signing/master-key';
import { DEMO_CODE } from './demo-entitlements';
import { readDemoState } from './demo-state';
import { exportDemoVendor, fillDemo } from './fill-demo';

const masterSecret = new Uint8Array(32).fill(7);
const masterKey = Buffer.from(masterSecret).toString('base64url');

describe('the demo data', () => {
  let database: TestDatabase;
  let pool: DatabasePool;
  let dataDir: string;
  const contextAs = (label: string) => ({
    db: pool.db,
    keyring: openKeyring(pool.db, localMasterKey(masterSecret)),
    actor: { role: 'operator', label } as const,
    via: 'command-line' as const,
  });
  const place = () => ({ appUrl: database.url, ownerUrl: database.ownerUrl, masterKey, dataDir, prepare: true });
  const count = async (table: string) => {
    const rows = await pool.db.execute<{ count: number }>(sql`select count(*)::integer as count from ${sql.identifier(table)}`);
    return rows[0]?.count;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    pool = openDatabase({ url: database.url, connections: 2 });
    dataDir = mkdtempSync(join(tmpdir(), 'airgate-demo-'));
    await fillDemo(place());
    await exportDemoVendor(place());
  });

  afterAll(async () => {
    await pool.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('fills an empty database, and seals what the audit tells of it', async () => {
    expect(await readDemoState(pool.db)).toBe('demo');
    expect(await count('products')).toBe(3);
    expect(await count('audit_seals')).toBe(await count('audit_entries'));
  });

  it('shows entitlements in every state', async () => {
    const { rows } = await performOrThrow(listEntitlements, {}, contextAs('operator'));
    const states = new Set(rows.map(({ entitlement, now }) => entitlementStateAt(entitlement, now)));
    expect([...states].sort()).toEqual(['active', 'disabled', 'expired', 'grace', 'scheduled']);
  });

  it('shows one seat free, none free, an overdraft in use and a site of 250 seats', async () => {
    const { rows } = await performOrThrow(listEntitlements, {}, contextAs('operator'));
    const held = Object.fromEntries(
      rows.map(({ entitlement: { orderReference, seatsHeld, seats } }) => [orderReference, `${seatsHeld} of ${seats}`]),
    );
    expect(held).toMatchObject({
      'SO-24117': '4 of 5',
      'BW-0091': '3 of 3',
      'TO-7802': '11 of 10',
      'TO-7713': '6 of 4',
      'SO-25002': '9 of 250',
    });
  });

  it('shows a machine that a member set up anew, and lets members do so where the README leads', async () => {
    const { rows } = await performOrThrow(listEntitlements, {}, contextAs('operator'));
    const of = (order: string) => rows.find(({ entitlement }) => entitlement.orderReference === order);
    const { entitlement, now } = of('SO-24117') ?? {};
    expect(entitlement && now && possiblyRunning(entitlement.seatsHeld, entitlement.freed, now)).toBe(5);
    expect(of('SO-21860')?.entitlement).toMatchObject({
      releasePolicy: { allowedBy: expect.arrayContaining(['member']), needsApproval: false, frees: 'at-once' },
      allowances: { reinstalls: { times: 2 } },
    });
  });

  it('shows activations that are active, ran out, were returned and are being released', async () => {
    const rows = await pool.db.execute<{ state: string; ended: boolean }>(
      sql`select distinct state, runs_out_at < clock_timestamp() as ended from activations`,
    );
    const found = rows.map(({ state, ended }) => `${state}${ended ? ', ended' : ''}`);
    expect(found).toEqual(
      expect.arrayContaining(['active', 'active, ended', 'lease_expired, ended', 'released, ended', 'releasing']),
    );
    const skewed = await pool.db.execute(
      sql`select from devices where clock_skew_seconds between -3 * 86400 - 2 and -3 * 86400 + 2`,
    );
    expect(skewed).toHaveLength(1);
  });

  it('writes what devices are built with, and the root key for its owner only', () => {
    const vendor = JSON.parse(readFileSync(join(dataDir, 'demo/vendor.json'), 'utf8'));
    expect(vendor).toMatchObject({ name: 'Kestrel Automation' });
    expect(statSync(join(dataDir, 'demo/vendor-root.jwk')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(dataDir, 'demo/vendor.json.new'))).toBe(false);
    expect(isActivationCode(DEMO_CODE)).toBe(true);
  });
});
