import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const peopleSchema = z.array(z.object({ email: z.string(), role: z.string() }));

/** Somebody that the demo data lets sign in. */
export type DemoPerson = z.infer<typeof peopleSchema>[number];

/**
 * Fills an empty database with demo data (`lib/operator/demo/seed-demo.ts`), and says who can sign in: nobody in particular when the data is
 * somebody's own. `AIRGATE_DEMO=off` leaves an empty database empty.
 */
export async function seedDemoPeople(database: { appUrl: string; ownerUrl: string; masterKey: string }): Promise<DemoPerson[]> {
  const file = join(import.meta.dirname, 'demo/seed-demo.ts');
  if (process.env.AIRGATE_DEMO === 'off' || !existsSync(file)) return [];
  const { seedDemo } = await import(pathToFileURL(file).href);
  return peopleSchema.parse((await seedDemo(database)) ?? []);
}
