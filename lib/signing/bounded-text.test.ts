import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedText, isStreamSafe, normalise } from './bounded-text';
import { watchTexts } from './testing/watch-texts';

/** Two marks that change places in every normal form, so that sorting them costs the square of their number. */
const PAIR = '\u0301\u0316';

describe('normalising', () => {
  test('brings text to the form that was asked for', () => {
    expect(normalise('e\u0301', { form: 'NFC', max: 2 })).toBe('é');
    expect(normalise('ｘ１', { form: 'NFKC', max: 2 })).toBe('x1');
  });

  test('30 marks upon a letter are brought to it, and one more is not looked at', async () => {
    const thirty = `a${PAIR.repeat(15)}`;
    expect(normalise(thirty, { form: 'NFC', max: 100 })).toHaveLength(30);
    const { value, mostMarks } = await watchTexts(() => normalise(`${thirty}\u0301`, { form: 'NFC', max: 100 }));
    expect([value, mostMarks]).toEqual([null, 0]);
  });

  test('marks outside the first plane count one each', () => {
    const mark = '\u{1E8D0}';
    expect(isStreamSafe(`a${mark.repeat(30)}`)).toBe(true);
    expect(isStreamSafe(`a${mark.repeat(31)}`)).toBe(false);
  });

  test('marks that nothing stands before, and marks of scripts that have many, count as well', () => {
    expect(isStreamSafe('\u0301'.repeat(31))).toBe(false);
    expect(isStreamSafe(`${'ก\u0e38\u0e48'.repeat(1000)}`)).toBe(true);
  });

  test('a longer text than there may be is not looked at', async () => {
    const { value, longest } = await watchTexts(() => normalise('a'.repeat(101), { form: 'NFC', max: 100 }));
    expect([value, longest]).toEqual([null, 0]);
  });

  test('no more than 30 marks in a row are ever normalised', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.nat(70).map((times) => PAIR.repeat(times)),
      fc.constant('a'),
    );
    const { mostMarks } = await watchTexts(() =>
      fc.assert(
        fc.property(fc.array(part), (parts) => {
          const joined = parts.join('');
          const found = normalise(joined, { form: 'NFC', max: 10_000 });
          expect(found === null || found.length <= joined.length * 3).toBe(true);
        }),
      ),
    );
    expect(mostMarks).toBeLessThanOrEqual(30);
  });
});

describe('a field of text', () => {
  test('is refused for its length before anything else looks at it', async () => {
    const field = boundedText(100)
      .refine((found) => found.trim() !== '')
      .transform((found) => found.toUpperCase());
    const { value, longest } = await watchTexts(() => field.safeParse('a'.repeat(101)));
    expect(value.error?.issues).toMatchObject([{ message: 'expected 100 characters at most' }]);
    expect(longest).toBe(0);
    expect(field.parse('abc')).toBe('ABC');
  });

  test('is refused for marks in a row, also when checks follow', () => {
    let looks = 0;
    const field = boundedText(100).refine(() => {
      looks += 1;
      return true;
    });
    expect(field.safeParse(`a${'\u0301'.repeat(31)}`).success).toBe(false);
    expect(looks).toBe(0);
  });
});
