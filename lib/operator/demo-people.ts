import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { openDatabase } from '@/db/client';
import { readSeedState } from './demo/seed-marker';
import { SettingsError } from './launch/settings';
import type { DemoSetting } from './launch/start-settings';

const peopleSchema = z.array(z.object({ email: z.string(), role: z.string() }));

/** Somebody that the demo data lets sign in. */
export type DemoPerson = z.infer<typeof peopleSchema>[number];

/**
 * Fills an empty database with demo data (`lib/operator/demo/seed-demo.ts`) where the setting says so, and says who can sign in: nobody in
 * particular when the data is somebody's own.
 *
 * @throws SettingsError when there is demo data and the portal is used for real
 */
export async function seedDemoPeople(
  database: { appUrl: string; ownerUrl: string; masterKey: string },
  { fills, usedForReal }: DemoSetting,
): Promise<DemoPerson[]> {
  if (usedForReal !== null) await refuseDemoKeys(database.appUrl, usedForReal);
  const file = join(import.meta.dirname, 'demo/seed-demo.ts');
  if (!fills || !existsSync(file)) return [];
  const { seedDemo } = await import(pathToFileURL(file).href);
  return peopleSchema.parse((await seedDemo(database)) ?? []);
}

/** The demo leaves its root key on the server on purpose, so whoever gets hold of the machine could make answers that devices believe. */
async function refuseDemoKeys(appUrl: string, usedForReal: string): Promise<void> {
  const { db, close } = openDatabase({ url: appUrl, connections: 1, prepare: process.env.DATABASE_PREPARE !== 'false' });
  const state = await readSeedState(db).finally(close);
  if (state !== 'seeded' && state !== 'unfinished') return;
  throw new SettingsError(
    `This database holds demo data: it would sign with keys of the demo vendor, whose root key lies on this machine. ${usedForReal}, so the portal is taken to be used for real. Give it an empty database (another DATA_DIR, or DATABASE_URL) and make your own vendor there, or say AIRGATE_DEMO=on to go on with the demo.`,
  );
}
