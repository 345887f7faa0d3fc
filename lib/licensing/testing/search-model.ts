import { parseArgs } from 'node:util';
import { mostFound, tableOfPolicies } from './model/policies';
import { MUTANTS } from './model/rules';
import { search } from './model/search';

// npm run model -- --sequences N --seed S --acts N: searches allowed acts for a sequence that runs more machines than the policy's bound.

const { values } = parseArgs({
  options: {
    sequences: { type: 'string', default: '200000' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    acts: { type: 'string', default: '30' },
    /** Without each rule in turn, as well: the search has to find what the rule was made for. */
    mutants: { type: 'boolean', default: false },
  },
});
const [count, seed, most] = [Number(values.sequences), Number(values.seed), Number(values.acts)];

const say = (line: string) => process.stdout.write(`${line}\n`);

say(`What may run:\n\n${tableOfPolicies()}\n`);
say('The most that a search found for one seat:');
for (const line of mostFound({ count: Math.ceil(count / 100), seed, most })) say(`  ${line}`);
say(`${count} sequences of up to ${most} acts, seed ${seed}`);
const found = search({ count, seed, most });
say(found === null ? 'None breaks the bound.' : `One breaks the bound, number ${found.played}:\n${found.words}`);
if (values.mutants) {
  for (const [rule, mutant] of Object.entries(MUTANTS)) {
    const without = search({ count, seed, most, ...mutant });
    say(`\nWhere ${rule}: ${without === null ? 'nothing was found' : `number ${without.played}\n${without.words}`}`);
    if (without === null) process.exitCode = 1;
  }
}
if (found !== null) process.exitCode = 1;
