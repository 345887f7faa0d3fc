import postgres from 'postgres';
import { openDatabase } from '@/db/client';
import { readClock } from '@/db/read-clock';
import type { Actor } from '@/lib/operations/actor';
import { sealAudit } from '@/lib/operations/audit/seal-audit';
import type { OperationContext } from '@/lib/operations/context';
import { createKeygenKeys } from '@/lib/operations/keygen/manage-issuers';
import { initVendor } from '@/lib/operations/keys/init-vendor';
import { openKeyring } from '@/lib/operations/keys/keyring';
import { exportVendor } from '@/lib/operations/keys/list-keys';
import { findPerson } from '@/lib/operations/people/list-people';
import { performOrThrow } from '@/lib/operations/perform-or-throw';
import { generateSigningKeyPair } from '@/lib/signing/key-pair';
import { localMasterKey, readMasterSecret } from '@/lib/signing/master-key';
import { readSettings } from '../launch/settings';
import { DEMO_ENTITLEMENTS } from './demo-entitlements';
import { putDemoFile } from './demo-files';
import { DEMO_PEOPLE, DEMO_USERS, peopleOf } from './demo-people';
import { daysBefore } from './demo-time';
import { DEMO_VENDOR } from './demo-vendor';
import type { Scene } from './play-device';
import { scenesOf } from './play-device';
import type { SeededEntitlement } from './seed-catalogue';
import { disableSeeded, seedCatalogue, seedEntitlement } from './seed-catalogue';
import { DEMO_ACTOR, emptyUnfinished, markSeeding, readSeedState } from './seed-marker';

/** The vendor began before the oldest entitlement, and its first signing key is still good for months. */
const VENDOR_MADE_DAYS_AGO = 540;

interface SeedingInput {
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** 32 bytes, base64url. */
  readonly masterKey: string;
  /** Where `demo/vendor.json` and `demo/vendor-root.jwk` go; the portal's own data folder when left out. */
  readonly dataDir?: string;
}

/**
 * Fills an empty database with a vendor, its customers and their devices, through the operations that people use. A database that was
 * filled half is emptied and filled anew; anybody's own data stays as it is.
 *
 * @returns who can sign in; nobody in particular when the data is somebody's own
 */
export async function seedDemo(input: SeedingInput): Promise<readonly { email: string; role: string }[]> {
  const dataDir = input.dataDir ?? readSettings().dataDir;
  const owner = postgres(input.ownerUrl, { max: 1, onnotice: () => undefined });
  const pool = openDatabase({ url: input.appUrl, connections: 4, prepare: process.env.DATABASE_PREPARE !== 'false' });
  try {
    // Replicas that start together fill one after the other. The lock goes with the connection.
    await owner`select pg_advisory_lock(hashtext('airgate demo'))`;
    const keyring = openKeyring(pool.db, localMasterKey(readMasterSecret(input.masterKey)));
    const actor: Actor = { role: 'operator', label: DEMO_ACTOR };
    const context: OperationContext = { db: pool.db, keyring, actor, via: 'command-line' };
    const state = await readSeedState(pool.db);
    if (state === 'own') return [];
    if (state === 'unfinished') await emptyUnfinished(owner);
    if (state !== 'seeded') await fill(context, dataDir);
    await exportVendorFile(context, dataDir);
    return DEMO_PEOPLE;
  } finally {
    await Promise.all([pool.close(), owner.end()]);
  }
}

async function fill(context: OperationContext, dataDir: string): Promise<void> {
  await markSeeding(context.db, 'demo.began');
  const today = await readClock(context.db);
  const firstDay = { ...context, now: daysBefore(today, VENDOR_MADE_DAYS_AGO) };
  const { kid, privateJwk } = await generateSigningKeyPair();
  const text = `${JSON.stringify({ ...privateJwk, kid }, null, 2)}\n`;
  putDemoFile(dataDir, { name: 'vendor-root.jwk', text, mode: 0o600 });
  await performOrThrow(initVendor, { ...DEMO_VENDOR, rootPrivateJwk: privateJwk }, firstDay);
  await performOrThrow(createKeygenKeys, {}, firstDay);
  await seedCatalogue(firstDay);
  const seeded: SeededEntitlement[] = [];
  for (const demo of DEMO_ENTITLEMENTS) seeded.push(await seedEntitlement(context, { demo, today }));
  await playScenes(context, { seeded, today });
  for (const entitlement of seeded) await disableSeeded(context, { seeded: entitlement, today });
  // Its entries are of long ago, so that they would be missed among what is sealed.
  await performOrThrow(sealAudit, {}, context);
  await markSeeding(context.db, 'demo.ended');
}

async function playScenes(
  context: OperationContext,
  { seeded, today }: { seeded: readonly SeededEntitlement[]; today: Date },
): Promise<void> {
  const vendor = await performOrThrow(exportVendor, {}, context);
  const actors = new Map<string, Actor>();
  for (const { email } of DEMO_USERS) actors.set(email, await performOrThrow(findPerson, { email }, context));
  const scenes: Scene[] = seeded
    .flatMap((entitlement) => entitlement.devices.map((device) => ({ entitlement, device })))
    .flatMap(({ entitlement, device }, index) => {
      const people = peopleOf(entitlement.customer);
      const as = (who: 'member' | 'admin', now: Date): OperationContext => {
        return { ...context, actor: actors.get(people[who]) ?? null, via: 'browser', now };
      };
      return scenesOf({ vendor, today, as, entitlement, device, index });
    });
  scenes.sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const scene of scenes) await scene.play();
}

async function exportVendorFile(context: OperationContext, dataDir: string): Promise<void> {
  const vendor = await performOrThrow(exportVendor, {}, context);
  putDemoFile(dataDir, { name: 'vendor.json', text: `${JSON.stringify(vendor, null, 2)}\n`, mode: 0o644 });
}
