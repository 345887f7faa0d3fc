import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { command, UsageError } from './command';
import { completeOptions } from './options-of-schema';
import { names, oneOf, onOrOff, pair, wholeNumber } from './readers';
import type { Program } from './run-program';
import { runProgram } from './run-program';

const sow = command({
  words: 'seed sow',
  summary: 'Sow seeds.',
  example: 'bean --depth 3',
  options: {
    kind: { flags: 'KIND', help: 'What is sown.' },
    depth: { flags: '--depth CM', isRequired: true, reader: wholeNumber, help: 'How deep.' },
    rows: { flags: '--row NAME=LENGTH', isRepeated: true, reader: pair('NAME=LENGTH'), help: 'Where.' },
    water: { flags: '--water on|off', reader: onOrOff, help: 'Water them.', fallback: 'on' },
    isCovered: { flags: '--no-cover', help: 'Leave them open.' },
    isTried: { flags: '--try', help: 'Only try.' },
  },
  plan: (values) => values,
});
const find = command({
  words: 'seed find',
  summary: 'Find seeds.',
  example: 'a b',
  options: {
    files: { flags: 'FILE…', help: 'Where to look.' },
    by: { flags: '--by HOW', reader: oneOf(['name', 'age']), help: 'How.' },
  },
  plan: (values) => values,
});
const dig = command({ words: 'dig', summary: 'Dig.', example: '', options: {}, plan: () => ({}) });

const garden: Program<object> = {
  calledAs: 'garden',
  summary: 'A garden.',
  notes: ['Exit status: as everywhere.'],
  commands: [sow, find, dig],
  perform: async (plan) => {
    if ('isTried' in plan && plan.isTried === true) throw new UsageError('expected more than a try');
    if ('depth' in plan && plan.depth === 13) throw new Error('stone');
    return { exitStatus: 0, json: plan, lines: ['Done.'] };
  },
  describeMisuse: (message) => ({ message }),
  describeFault: (error) => ({ exitStatus: 3, json: { error: String(error) }, lines: ['Fault.'], log: 'log\n' }),
};

const run = (...words: string[]) => runProgram(garden, words);
const read = async (...words: string[]) => JSON.parse((await run(...words, '--json')).stdout);

test('values have the types that the options say, and what is not typed is left out', async () => {
  expect(await read('seed', 'sow', 'bean', '--depth', '3')).toEqual({
    kind: 'bean',
    depth: 3,
    rows: [],
    isCovered: true,
    isTried: false,
  });
  expect(
    await read('seed', 'sow', '--depth=3', '--row', 'a=1', '--no-cover', 'bean', '--row', 'b=2=3', '--water', 'off'),
  ).toEqual({
    kind: 'bean',
    depth: 3,
    rows: [
      ['a', '1'],
      ['b', '2=3'],
    ],
    water: false,
    isCovered: false,
    isTried: false,
  });
  expect(await read('seed', 'find', 'a', 'b', '--by', 'age')).toEqual({ files: ['a', 'b'], by: 'age' });
  expect(await read('seed', 'sow', '--depth', '0012', '--', '--odd')).toMatchObject({ kind: '--odd', depth: 12 });
});

test.each([
  ['', 'expected one of seed sow, seed find, dig, found nothing'],
  ['--try', 'expected one of seed sow, seed find, dig, found nothing'],
  ['seed', 'found seed; did you mean seed sow or seed find?'],
  ['seed sew bean', 'found seed sew; did you mean seed sow?'],
  ['digg --deep', 'found digg; did you mean dig?'],
  ['toString', 'found toString'],
  ['seed sow bean', 'expected --depth CM'],
  ['seed sow --depth 3', 'expected KIND, found nothing'],
  ['seed find', 'expected FILE…, found nothing'],
  ['seed sow bean pea --depth 3', 'expected nothing more, found "pea"'],
  ['seed sow bean --dept 3', "expected an option of seed sow, found '--dept'; did you mean --depth?"],
  ['seed sow bean --colour red --depth 3', "expected an option of seed sow, found '--colour'"],
  ['seed sow bean -x --depth 3', "expected an option of seed sow, found '-x'"],
  ['seed sow bean --depth', 'expected --depth CM, found nothing behind it'],
  ['seed sow bean --depth --try', 'expected --depth CM, found --try (a value that begins so is typed as --depth=--try)'],
  ['seed sow bean --depth two', 'expected a number for --depth, found "two"'],
  ['seed sow bean --depth 3 --water maybe', 'expected on or off for --water, found "maybe"'],
  ['seed sow bean --depth 3 --row a', 'expected NAME=LENGTH for --row, found "a"'],
  ['seed find a --by size', 'expected name or age for --by, found "size"'],
  ['seed sow bean --depth 3 --try', 'expected more than a try'],
])('%j is a wrong call: %s', async (line, message) => {
  const words = line.split(' ').filter((word) => word !== '');
  const outcome = await run(...words);
  expect(outcome).toMatchObject({ exitStatus: 2, stdout: '' });
  expect(outcome.stderr).toContain(`${message}.\n\nUsage: garden`);
  expect(outcome.stderr).toContain('Exit status: as everywhere.');
  const told = await run(...words, '--json');
  expect(told).toMatchObject({ exitStatus: 2, stderr: '' });
  expect(JSON.parse(told.stdout).message).toContain(message);
});

test('a fault is told apart from a wrong call, and its log goes to standard error with and without --json', async () => {
  expect(await run('seed', 'sow', 'bean', '--depth', '13')).toEqual({ exitStatus: 3, stdout: '', stderr: 'log\nFault.\n' });
  expect(await run('seed', 'sow', 'bean', '--depth', '13', '--json')).toMatchObject({ exitStatus: 3, stderr: 'log\n' });
});

describe('help', () => {
  it('lists the commands', async () => {
    const { exitStatus, stdout } = await run('--help');
    expect(exitStatus).toBe(0);
    for (const part of ['Usage: garden COMMAND', 'seed sow KIND', 'Sow seeds.', 'seed find FILE…', 'Exit status']) {
      expect(stdout).toContain(part);
    }
  });

  it.each([[['help', 'seed', 'sow']], [['seed', 'sow', '--help']], [['seed', 'sow', 'bean', '-h', '--colour', 'red']]])(
    'says how one is used: %j',
    async (words) => {
      const { exitStatus, stdout } = await run(...words);
      expect(exitStatus).toBe(0);
      expect(stdout).toMatch(/^Usage: garden seed sow KIND \[OPTION…\]\n\nSow seeds\.\n/);
      expect(stdout).toMatch(/--depth CM +How deep\. \(required\)\n/);
      expect(stdout).toMatch(/--row NAME=LENGTH +Where\. \(may be repeated\)\n/);
      expect(stdout).toMatch(/--water on\|off +Water them\. \(default on\)\n/);
      expect(stdout).toContain('Example:\n  garden seed sow bean --depth 3\n');
    },
  );
});

test('what a schema says of its fields, the options take from it', () => {
  const schema = z
    .strictObject({
      code: z.string(),
      seats: z.int().min(1).default(5),
      kind: z.enum(['a', 'b']).nullable().default(null),
      ids: z.tuple([z.uuid()], z.uuid()),
      isOn: z.boolean().default(false),
      roles: z.array(z.string()).default(['x']),
    })
    .refine(() => true);
  const options = {
    code: { flags: '--code CODE', help: 'Code.' },
    seats: { flags: '--seats N', help: 'Seats.' },
    kind: { flags: '--kind KIND', help: 'Kind.' },
    ids: { flags: '--id ID', help: 'Ids.' },
    isOn: { flags: '--on on|off', reader: onOrOff, help: 'On.' },
    roles: { flags: '--roles NAMES', reader: names, help: 'Roles.' },
    other: { flags: '--other', help: 'No field.' },
  };
  expect(completeOptions(options, schema)).toMatchObject({
    code: { isRequired: true, isRepeated: false },
    seats: { isRequired: false, reader: wholeNumber, fallback: '5' },
    kind: { help: 'Kind. One of a or b.' },
    ids: { isRequired: true, isRepeated: true },
    isOn: { fallback: 'off' },
    roles: { isRepeated: false },
    other: options.other,
  });
});
