import fc from 'fast-check';
import type { Sequence } from './acts';
import { sequences } from './acts';
import { play } from './play';
import type { Rules } from './rules';
import { wordsOf, wordsOfSale } from './words';
import type { DialectOfModel } from './world';

/** The result of a search: the shortest sequence that breaks a bound, in words, and how many were played before. */
export interface Found {
  readonly sequence: Sequence;
  readonly words: string;
  readonly played: number;
}

/**
 * Plays the given number of sequences, and shrinks the first that breaks a bound. Null: none did.
 *
 * @param input.most acts in a sequence
 * @param input.dialects of the sale; left out: one, two or all
 */
export function search(input: {
  count: number;
  seed: number;
  most?: number;
  dialects?: readonly DialectOfModel[];
  rules?: Partial<Rules>;
}): Found | null {
  const { count, seed, rules, ...of } = input;
  const holds = fc.property(sequences(of), (sequence) => play(sequence, rules).broken === null);
  const outcome = fc.check(holds, { numRuns: count, seed });
  if (!outcome.failed) return null;
  const [sequence] = outcome.counterexample ?? [];
  if (sequence === undefined) throw outcome.errorInstance ?? new Error('expected a counterexample, found none');
  return { sequence, words: tell(sequence, rules), played: outcome.numRuns };
}

function tell(sequence: Sequence, rules: Partial<Rules> | undefined): string {
  const { steps, broken } = play(sequence, rules);
  const told = steps.map(({ act, code }, index) => `  ${index + 1}. ${wordsOf(act)}: ${code}`);
  return [wordsOfSale(sequence.sold), ...told, `  ${broken ?? 'all is well'}`].join('\n');
}
