import { openDatabase } from '@/db/client';
import { openPlain } from '@/db/pooler';
import type { Settings } from '@/lib/settings/settings';
import { SettingsError } from '@/lib/settings/settings-error';
import { DEMO_PEOPLE } from './demo-people';
import type { DemoState } from './demo-state';
import { markFilling, readDemoState } from './demo-state';
import type { DemoPlace } from './fill-demo';
import { exportDemoVendor, fillDemo } from './fill-demo';

/** Somebody whom the demo lets sign in. */
export type DemoPerson = (typeof DEMO_PEOPLE)[number];

/** Facts about the database that the launcher prints. */
export interface DemoOutlook {
  readonly isEmpty: boolean;
  /** Who can sign in; nobody in particular when the data is somebody's own. */
  readonly people: readonly DemoPerson[];
}

/**
 * Checks the migrated database that the portal is about to use: fills an empty one of `DATABASE_URL` where `AIRGATE_DEMO=on` is set, and
 * writes the vendor file of a demo. Never deletes rows.
 *
 * @throws SettingsError when there is demo data and the portal is used for real, or filling it was interrupted
 */
export async function prepareDemo(
  place: DemoPlace & { readonly ownerUrl: string },
  { demo, database }: Pick<Settings, 'demo' | 'database'>,
): Promise<DemoOutlook> {
  const state = demo.wanted === 'on' && database !== null ? await fillEmpty(place) : await readState(place);
  if (demo.usedForReal !== null && (state === 'demo' || state === 'unfinished')) refuseDemoKeys(demo.usedForReal);
  if (state === 'unfinished') refuseUnfinished();
  if (state !== 'demo') return { isEmpty: state === 'empty', people: [] };
  await exportDemoVendor(place);
  return { isEmpty: false, people: DEMO_PEOPLE };
}

function readState({ appUrl, prepare }: DemoPlace): Promise<DemoState> {
  const { db, close } = openDatabase({ url: appUrl, connections: 1, prepare });
  return readDemoState(db).finally(close);
}

const ALONE = `begin; set local lock_timeout = 0; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
  select pg_advisory_xact_lock(hashtext('airgate demo'))`;

async function fillEmpty(place: DemoPlace & { readonly ownerUrl: string }): Promise<DemoState> {
  const owner = openDatabase({ url: place.ownerUrl, connections: 1, prepare: place.prepare });
  const lock = openPlain(place.ownerUrl);
  try {
    // Replicas that start together fill one after the other. A lock of a transaction stays with no pooler.
    await lock.unsafe(ALONE);
    const state = await readDemoState(owner.db);
    if (state !== 'empty') return state;
    await markFilling(owner.db, true);
    await fillDemo(place);
    await markFilling(owner.db, false);
    return 'demo';
  } finally {
    await Promise.all([owner.close(), lock.end()]);
  }
}

/** The demo leaves its root key on the server on purpose, so anybody with access to the machine could forge answers that devices accept. */
function refuseDemoKeys(usedForReal: string): never {
  throw new SettingsError(
    `This database holds demo data: it would sign with keys of the demo vendor, whose root key lies on this machine. ${usedForReal}, so the portal is taken to be used for real. Give it an empty database (another DATA_DIR, or DATABASE_URL) and make your own vendor there, or say AIRGATE_DEMO=on to go on with the demo.`,
  );
}

function refuseUnfinished(): never {
  throw new SettingsError(
    'This database holds half of the demo: filling it in was cut off. It is not emptied by itself, because it is not the portal’s own. Empty it as its owner (drop schema public, graphile_worker, drizzle cascade; create schema public) or name another in DATABASE_URL, and start again.',
  );
}
