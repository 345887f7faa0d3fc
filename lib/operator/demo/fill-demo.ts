import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@/db/client';
import { readClock } from '@/db/clock';
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
import { DEMO_ENTITLEMENTS } from './demo-entitlements';
import { DEMO_USERS, peopleOf } from './demo-people';
import { DEMO_ACTOR } from './demo-state';
import { daysBefore } from './demo-time';
import { DEMO_VENDOR } from './demo-vendor';
import type { Scene } from './play-device';
import { scenesOf } from './play-device';
import type { SeededEntitlement } from './seed-catalogue';
import { disableSeeded, seedCatalogue, seedEntitlement } from './seed-catalogue';

/** The vendor began before the oldest entitlement, and its first signing key is still good for months. */
const VENDOR_MADE_DAYS_AGO = 540;

/** Database and folder of the demo. */
export interface DemoPlace {
  readonly appUrl: string;
  /** False behind a pooler that does not keep prepared statements. */
  readonly prepare: boolean;
  /** 32 bytes, base64url. */
  readonly masterKey: string;
  /** `demo/vendor.json` and `demo/vendor-root.jwk` go here. */
  readonly dataDir: string;
}

/** Performs operations on the demo's database as the operator that the audit names for it. */
async function asDemoOperator(
  { appUrl, prepare, masterKey }: DemoPlace,
  act: (context: OperationContext) => Promise<void>,
): Promise<void> {
  const pool = openDatabase({ url: appUrl, connections: 4, prepare });
  const keyring = openKeyring(pool.db, localMasterKey(readMasterSecret(masterKey)));
  await act({ db: pool.db, keyring, actor: { role: 'operator', label: DEMO_ACTOR }, via: 'command-line' }).finally(pool.close);
}

/**
 * Fills an empty database with a vendor, its customers and their devices, through the operations that people use, and writes the vendor's root key
 * to a file.
 */
export function fillDemo(place: DemoPlace): Promise<void> {
  return asDemoOperator(place, async (context) => {
    const today = await readClock(context.db);
    const firstDay = { ...context, now: daysBefore(today, VENDOR_MADE_DAYS_AGO) };
    const { kid, privateJwk } = await generateSigningKeyPair();
    const text = `${JSON.stringify({ ...privateJwk, kid }, null, 2)}\n`;
    putDemoFile(place.dataDir, { name: 'vendor-root.jwk', text, mode: 0o600 });
    await performOrThrow(initVendor, { ...DEMO_VENDOR, rootPrivateJwk: privateJwk }, firstDay);
    await performOrThrow(createKeygenKeys, {}, firstDay);
    await seedCatalogue(firstDay);
    const seeded: SeededEntitlement[] = [];
    for (const demo of DEMO_ENTITLEMENTS) seeded.push(await seedEntitlement(context, { demo, today }));
    await playScenes(context, { seeded, today });
    for (const entitlement of seeded) await disableSeeded(context, { seeded: entitlement, today });
    // The audit check would report old entries without an audit seal.
    await performOrThrow(sealAudit, {}, context);
  });
}

/** Writes the vendor file that devices of the demo are built with, unless it is there. */
export function exportDemoVendor(place: DemoPlace): Promise<void> {
  return asDemoOperator(place, async (context) => {
    const vendor = await performOrThrow(exportVendor, {}, context);
    putDemoFile(place.dataDir, { name: 'vendor.json', text: `${JSON.stringify(vendor, null, 2)}\n`, mode: 0o644 });
  });
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
        const actor = actors.get(people[who]);
        if (actor === undefined) throw new Error(`expected the account ${people[who]}, found none`);
        return { ...context, actor, via: 'browser', now };
      };
      return scenesOf({ vendor, today, as, entitlement, device, index });
    });
  scenes.sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const scene of scenes) await scene.play();
}

/** Writes a file of the demo to the data folder atomically, unless it is there with the same text. */
function putDemoFile(dataDir: string, { name, text, mode }: { name: string; text: string; mode: number }): void {
  const folder = join(dataDir, 'demo');
  const file = join(folder, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
