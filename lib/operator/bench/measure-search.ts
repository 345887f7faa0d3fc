import { openDatabase } from '@/db/client';
import { readOfferings } from '@/db/manage-catalogue';
import type { SearchedBy } from '@/db/search';
import type { FleetSize } from '@/db/testing/generate-fleet';
import { generateFleet } from '@/db/testing/generate-fleet';
import type { KeyLook } from '@/db/testing/search-looks';
import { looksFor } from '@/db/testing/search-looks';
import type { ActingContext } from '@/lib/operations/context';
import { perform } from '@/lib/operations/operation';
import { searchEverything } from '@/lib/operations/search-everything';
import { bareSearch } from './bare-search';
import type { Installation } from './bench-portal';
import { openPortal } from './bench-portal';
import type { BenchDatabase } from './bench-server';

const ROUNDS = 201;
const WARM_UPS = 20;

/** What one search takes, in milliseconds: the median over the rounds. */
export interface KeySearch {
  readonly by: SearchedBy;
  /** All of support's search, in every way that the text may be meant. */
  readonly searchMs: number;
  /** The one index that finds it, bare. */
  readonly bareMs: number;
}

/** Measures support's search by each key, against the bare query that the key's index answers. The two take turns. */
export async function measureSearch(input: {
  database: BenchDatabase;
  installation: Installation;
  size: FleetSize;
}): Promise<KeySearch[]> {
  const { database, installation, size } = input;
  const looks = looksFor(await generateFleet(database.ownerUrl, await offeringOf(database), size));
  const actor = { role: 'operator', label: 'bench' } as const;
  const { context, close } = openPortal({ ...installation, url: database.appUrl, actor, connections: 1 });
  const found: KeySearch[] = [];
  for (const look of looks) found.push(await measureKey(context, look));
  await close();
  return found;
}

async function offeringOf({ ownerUrl }: BenchDatabase): Promise<string> {
  const { db, close } = openDatabase({ url: ownerUrl, connections: 1 });
  const [offering] = await readOfferings(db);
  await close();
  if (offering === undefined) throw new Error('expected an offering, found none');
  return offering.id;
}

async function measureKey(context: ActingContext, look: KeyLook): Promise<KeySearch> {
  const search = async () => {
    const result = await perform(searchEverything, { text: look.text }, context);
    const hits = result.ok ? result.value.groups.flatMap((group) => group.hits) : [];
    if (!hits.some(({ by }) => by === look.by)) throw new Error(`expected to find ${look.text} by ${look.by}, found nothing`);
  };
  const bare = async () => {
    const rows = await context.db.execute(bareSearch(look));
    if (rows.length === 0) throw new Error(`expected rows for ${look.text}, found none`);
  };
  const [searches, bares]: [number[], number[]] = [[], []];
  for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
    const times = [await time(search), await time(bare)] as const;
    if (round < WARM_UPS) continue;
    searches.push(times[0]);
    bares.push(times[1]);
  }
  return { by: look.by, searchMs: middle(searches), bareMs: middle(bares) };
}

async function time(act: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

function middle(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}
