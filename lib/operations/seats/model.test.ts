import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Act, Sequence } from '@/lib/licensing/testing/model/acts';
import { sequences } from '@/lib/licensing/testing/model/acts';
import { play } from '@/lib/licensing/testing/model/play';
import { MUTANTS } from '@/lib/licensing/testing/model/rules';
import { search } from '@/lib/licensing/testing/model/search';
import { wordsOf, wordsOfSale } from '@/lib/licensing/testing/model/words';
import type { DialectOfModel } from '@/lib/licensing/testing/model/world';
import { checkInvariants } from '../testing/check-invariants';
import { makeKeygenKeys } from '../testing/keygen';
import { playSequence } from '../testing/play-sequence';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';

// lib/licensing/model.test.ts searches with a portal in memory: here the real portal plays the same sequences.

const SEED = 20_260_301;
const SEQUENCES = 200;

let portal: TestPortal;

beforeAll(async () => {
  portal = await makeTestPortal();
  await makeKeygenKeys(portal);
});

afterAll(() => portal.close());

/** Guests have hourly limits; files of all other actors are decided on alike. */
const signedIn = (act: Act): Act => ('by' in act && act.by === 'guest' ? { ...act, by: 'member' } : act);

async function expectSameAsModel({ sold, acts }: Sequence): Promise<void> {
  const sequence: Sequence = { sold: { ...sold, codeSeats: null }, acts: acts.map(signedIn) };
  const modelled = play(sequence);
  const real = await playSequence(portal, sequence);
  const tell = (steps: readonly { readonly code: string; readonly held: readonly number[] }[]) =>
    sequence.acts.map((act, index) => `${wordsOf(act)}: ${steps[index]?.code}, ${steps[index]?.held.join(' and ')} held`);
  const sale = wordsOfSale(sequence.sold);
  expect([sale, ...tell(real)]).toEqual([sale, ...tell(modelled.steps)]);
}

/** A request that names parts of several machines makes devices that look alike afterwards. That costs no seat. */
const ABOUT_DEVICES = /^expected that a machine is one device/;

describe('the portal decides as the model does, and holds the same seats after every act', () => {
  it(`in ${SEQUENCES} sequences from seed ${SEED}`, async () => {
    const sales = fc.constantFrom<DialectOfModel[][]>(['native'], ['native'], ['keygen'], ['native', 'keygen']);
    const some = fc.sample(
      sales.chain((dialects) => sequences({ dialects, most: 12 })),
      { numRuns: SEQUENCES, seed: SEED },
    );
    for (const sequence of some) await expectSameAsModel(sequence);
    expect((await checkInvariants(portal)).filter((line) => !ABOUT_DEVICES.test(line))).toEqual([]);
  });

  const native = Object.entries(MUTANTS).filter(([, { dialects }]) => !dialects.includes('licensespring'));
  it.each(native)('in the sequence that would break the bound where %s', async (_, mutant) => {
    const found = search({ count: 60_000, seed: SEED, ...mutant });
    if (found === null) throw new Error('expected a sequence, found none');
    await expectSameAsModel(found.sequence);
  });
});
