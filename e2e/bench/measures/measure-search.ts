import type { SearchedBy } from '@/db/support/search';
import type { Sought } from '@/db/testing/generate-fleet';
import type { KeyLook } from '@/db/testing/search-looks';
import { looksFor } from '@/db/testing/search-looks';
import type { ActingContext } from '@/lib/operations/context';
import { perform } from '@/lib/operations/operation';
import { searchEverything } from '@/lib/operations/support/search-everything';
import { bareSearch } from '../bare-search';
import { takeTurns } from '../take-turns';

/** Time of one search, in milliseconds: the median over the rounds. */
export interface KeySearch {
  readonly by: SearchedBy;
  /** The whole of support's search, with every meaning of the text. */
  readonly searchMs: number;
  /** The one index that finds it, bare. */
  readonly bareMs: number;
}

/** Measures support's search by each key, against the bare query that the key's index answers. The two take turns. */
export async function measureSearch(context: ActingContext, sought: Sought): Promise<KeySearch[]> {
  const found: KeySearch[] = [];
  for (const look of looksFor(sought)) found.push(await measureKey(context, look));
  return found;
}

async function measureKey(context: ActingContext, look: KeyLook): Promise<KeySearch> {
  const { search, bare } = await takeTurns({
    search: async () => {
      const result = await perform(searchEverything, { text: look.text }, context);
      const hits = result.ok ? result.value.groups.flatMap((group) => group.hits) : [];
      if (!hits.some(({ by }) => by === look.by)) throw new Error(`expected to find ${look.text} by ${look.by}, found nothing`);
    },
    bare: async () => {
      const rows = await context.db.execute(bareSearch(look));
      if (rows.length === 0) throw new Error(`expected rows for ${look.text}, found none`);
    },
  });
  return { by: look.by, searchMs: search, bareMs: bare };
}
