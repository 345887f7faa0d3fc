import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequences } from './testing/model/acts';
import { play } from './testing/model/play';
import { tableOfPolicies } from './testing/model/policies';
import { MUTANTS } from './testing/model/rules';
import { search } from './testing/model/search';

const SEED = 20_260_301;
const SEARCHED = 25_000;
/** A weakness has to be found within so many sequences. */
const AT_MOST = 100_000;

describe('what people are allowed to do', () => {
  it(`never lets more machines run than the policy's bound, in ${SEARCHED} sequences from seed ${SEED}`, () => {
    expect(search({ count: SEARCHED, seed: SEED })?.words ?? 'none found').toBe('none found');
  });

  it('reaches every decision there is', () => {
    const codes = new Set<string>();
    const seen = fc.property(sequences(), (sequence) => {
      for (const { act, code } of play(sequence).steps) codes.add(`${act.act}: ${code}`);
    });
    fc.assert(seen, { numRuns: 10_000, seed: SEED });
    const expected = [
      ...['request: done', 'request: no-seat-free', 'request: fingerprint-too-small', 'request: key-of-another-machine'],
      ...['request: reinstalls-used-up', 'request: reinstall-needs-release', 'request: reinstall-needs-approval'],
      ...['request: user-seats-used', 'request: keygen-fingerprint-taken', 'request: activation-released'],
      ...['request: activation-returned', 'request: activation-replaced', 'again: done', 'again: repeated'],
      ...['turn-round: done', 'turn-round: file-predates-activation', 'prove: done', 'refresh: done', 'refresh: no-seat-free'],
      ...['release: done', 'release: release-limit-reached', 'claim: done', 'approve: done', 'approve: own-claim'],
      ...['undo: done', 'undo: undo-too-late'],
    ];
    expect(expected.filter((code) => !codes.has(code))).toEqual([]);
  });
});

describe('the search finds what a rule was made for, where', () => {
  it.each(Object.entries(MUTANTS))('%s', (rule, mutant) => {
    const found = search({ count: AT_MOST, seed: SEED, ...mutant });
    if (found === null) throw new Error(`expected a sequence within ${AT_MOST} where ${rule}, found none`);
    process.stdout.write(`\nWhere ${rule} (number ${found.played}, seed ${SEED}):\n${found.words}\n`);
    expect(play(found.sequence, mutant.rules).broken).not.toBeNull();
    expect(play(found.sequence).broken).toBeNull();
  });
});

it('SECURITY.md says what each policy comes to', () => {
  expect(readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8')).toContain(tableOfPolicies());
});
