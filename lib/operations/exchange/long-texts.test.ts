import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { watchTexts } from '@/lib/signing/testing/watch-texts';
import { parseTypedCode } from '../sign-in/sign-in-code';
import { listOperations } from '../testing/list-operations';

let operations: Awaited<ReturnType<typeof listOperations>>;

/** As many characters as the longest field has: a licence key. */
const LONGEST_FIELD = 8192;

/** Texts for which careless parsing takes time quadratic in their length, or worse. */
const HOSTILE = {
  marks: `a${'\u0301\u0316'.repeat(50_000)}`,
  spaces: `${' '.repeat(100_000)}a`,
  letters: 'a'.repeat(100_000),
  hyphens: `${'-'.repeat(100_000)}a`,
} as const;

interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly items?: Shape;
  readonly prefixItems?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
}

/** Values of a shape with the text in every place, names of members included; one value for each alternative. */
function* valuesOf(shape: Shape, text: string): Generator<unknown> {
  if (shape.const !== undefined) return yield shape.const;
  if (shape.enum !== undefined) return yield shape.enum[0];
  for (const each of [shape.anyOf, shape.oneOf, shape.allOf].flatMap((some) => some ?? [])) yield* valuesOf(each, text);
  for (const each of [shape.items, shape.prefixItems].flatMap((some) => some ?? [])) yield* lists(each, text);
  yield* records(shape, text);
  yield* objects(shape, text);
  if (shape.type === 'string' || Object.keys(shape).length === 0) yield text;
}

function* lists(item: Shape, text: string): Generator<unknown> {
  for (const value of valuesOf(item, text)) yield [value];
}

function* records({ additionalProperties: member }: Shape, text: string): Generator<unknown> {
  if (typeof member !== 'object') return;
  for (const value of valuesOf(member, text)) yield { [text]: value, code: value };
}

function* objects({ properties = {} }: Shape, text: string): Generator<unknown> {
  const members = Object.entries(properties);
  const firsts = Object.fromEntries(members.map(([name, each]) => [name, valuesOf(each, text).next().value]));
  for (const [name, each] of members) {
    for (const value of valuesOf(each, text)) yield { ...firsts, [name]: value };
  }
}

const shapeOf = (input: z.ZodType): Shape =>
  z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape;

beforeAll(async () => {
  operations = await listOperations();
});

describe('whatever text an operation is given', () => {
  const inputs = (text: string) =>
    operations.flatMap(({ name, input }) =>
      [...valuesOf(shapeOf(input), text)].map((value) => ({ name, parse: () => input.safeParse(value).success })),
    );

  test.each(Object.entries(HOSTILE))('%s: nothing looks at more of it than a field may have', async (_, text) => {
    const looked: Record<string, unknown> = {};
    const all = inputs(text);
    for (const { name, parse } of all) {
      const { longest, by, mostMarks } = await watchTexts(parse);
      if (longest > LONGEST_FIELD || mostMarks > 30) looked[name] = { longest, by, mostMarks };
    }
    expect(looked).toEqual({});
    expect(all.length).toBeGreaterThan(200);
  });

  test('a code as people type it is looked at when it can be one', async () => {
    for (const text of Object.values(HOSTILE)) {
      const { value, longest } = await watchTexts(() => parseTypedCode(text));
      expect([value, longest]).toEqual([null, 0]);
    }
    expect(parseTypedCode(' 123-456 ')).toBe('123456');
    expect(parseTypedCode('１２３４５６')).toBe('123456');
  });
});
