import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStrictJson, parseStrictJsonBytes, StrictJsonError } from './strict-json';
import { watchTexts } from './testing/watch-texts';

function problemOf(text: string): string {
  try {
    parseStrictJson(text);
    return 'none';
  } catch (error) {
    if (error instanceof StrictJsonError) return error.problem;
    throw error;
  }
}

test.each([
  ['{"a":1,"a":1}', 'duplicate member'],
  ['{"a":1,"\\u0061":2}', 'duplicate member'],
  ['{"x":[{"a":1,"b":{},"a":2}]}', 'duplicate member'],
  ['[[[[[[[1]]]]]]]', 'nesting over 6'],
  ['{"a":"\\u0000"}', 'NUL'],
  ['{"a":"\\ud800"}', 'lone surrogate'],
  ['{"\\udc00":1}', 'lone surrogate'],
  ['{"a":"e\\u0301"}', 'text that is not NFC'],
  ['{"__proto__":{}}', 'member named __proto__'],
  ['{"a":1}x', 'not JSON'],
  ['{"a":01}', 'not JSON'],
  ['{"a":"\n"}', 'not JSON'],
  ['{"a":"', 'not JSON'],
  ['\ufeff{}', 'not JSON'],
  ['', 'not JSON'],
])('%s is refused: %s', (text, problem) => {
  expect(problemOf(text)).toBe(problem);
});

test('the same name in two objects, six levels and colons in text are fine', () => {
  const text = '{"a":{"a":[{"b":[[1]]},{"b":"{\\"b\\": : [[[[[[["}]} , "c" : "b" }';
  expect(parseStrictJson(text)).toEqual(JSON.parse(text));
});

test('ten thousand levels are refused like seven', () => {
  expect(problemOf('['.repeat(10_000) + ']'.repeat(10_000))).toBe('nesting over 6');
  expect(problemOf('{"a":'.repeat(10_000))).toBe('nesting over 6');
});

test('a format of its own rules is let off NFC, and goes deeper', () => {
  const text = '{"a":[[[[[[["e\\u0301"]]]]]]]}';
  expect(parseStrictJson(text, { maxDepth: 8, isNfc: false })).toEqual(JSON.parse(text));
  expect(() => parseStrictJson('{"a":"\\ud800"}', { isNfc: false })).toThrow('lone surrogate');
});

test('bytes that are not UTF-8 are refused', () => {
  expect(() => parseStrictJsonBytes(new Uint8Array([0x22, 0xff, 0x22]))).toThrow('not UTF-8');
});

test('JSON that the rules allow is read as JSON.parse reads it', () => {
  const text = fc.string({ unit: 'binary' }).map((value) => value.normalize('NFC').replaceAll('\0', ''));
  const value = fc.dictionary(text, fc.oneof(fc.array(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean()))), text));
  fc.assert(
    fc.property(value, fc.boolean(), (sample, indented) => {
      fc.pre(!JSON.stringify(sample).includes('__proto__'));
      const written = JSON.stringify(sample, null, indented ? 2 : 0);
      expect(parseStrictJson(written)).toEqual(JSON.parse(written));
    }),
  );
});

test('arbitrary text is parsed as JSON parses it or refused, never anything else', () => {
  const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', 'a', ' ', '"a"', 'null'), {
    maxLength: 24,
  });
  fc.assert(
    fc.property(pieces, (parts) => {
      const problem = problemOf(parts.join(''));
      if (problem === 'none') expect(parseStrictJson(parts.join(''))).toEqual(JSON.parse(parts.join('')));
    }),
    { numRuns: 2000 },
  );
});

test('64 KB of marks are refused before they are brought to a normal form, in names, behind escapes and where NFC is not asked', async () => {
  const marks = '\u0301\u0316'.repeat(16 * 1024);
  const escaped = '\\u0301\\u0316'.repeat(5000);
  for (const isNfc of [true, false]) {
    for (const text of [`{"a":"a${marks}"}`, `{"a${marks}":1}`, `{"a":"a${escaped}"}`, `[["a${marks}`.concat('"]]')]) {
      const { value, mostMarks } = await watchTexts(() => {
        try {
          return parseStrictJson(text, { isNfc });
        } catch (error) {
          return error;
        }
      });
      expect(value).toMatchObject({ problem: 'over 30 marks in a row' });
      expect(mostMarks).toBe(0);
    }
  }
});

test('text of many letters with marks is brought to NFC as it stands', () => {
  const text = `{"a":"${`a${'\u0316\u0301'.repeat(15)}`.repeat(700)}"}`;
  expect(problemOf(text)).toBe('text that is not NFC');
  expect(problemOf(text.normalize('NFC'))).toBe('none');
});

test('text over 64 KiB, or a greatest length of its own, is refused before it is read', async () => {
  for (const [length, strictness] of [
    [64 * 1024, {}],
    [12 * 1024, { maxLength: 12 * 1024 }],
  ] as const) {
    const fits = `"${'a'.repeat(length - 2)}"`;
    expect(parseStrictJson(fits, strictness)).toHaveLength(length - 2);
    const { value, longest } = await watchTexts(() => {
      try {
        return parseStrictJsonBytes(Buffer.from(` ${fits}`), strictness);
      } catch (error) {
        return error;
      }
    });
    expect(value).toMatchObject({ problem: `over ${length} characters` });
    expect(longest).toBe(0);
  }
});
