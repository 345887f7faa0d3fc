import type { Reader } from './command';
import { UsageError } from './command';

/** Reads a text with a reader. @throws UsageError that names the flag */
export function readText<Value>(reader: Reader<Value>, text: string, flag: string): Value {
  const value = reader.read(text);
  if (value !== undefined) return value;
  throw new UsageError(`expected ${reader.expects} for ${flag}, found ${JSON.stringify(text)}`);
}

export const wholeNumber: Reader<number> = {
  expects: 'a number',
  read: (text) => (/^\d{1,12}$/.test(text) ? Number(text) : undefined),
};

/** Reads one of some words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Reader<Word> {
  return { expects: writeChoice(words), read: (text) => words.find((word) => word === text) };
}

/** Writes `a`, `a or b`, `a, b or c`. */
export function writeChoice(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function either(yes: string, no: string): Reader<boolean> {
  return {
    expects: `${yes} or ${no}`,
    read: (text) => (text === yes || text === no ? text === yes : undefined),
    write: (value) => (value ? yes : no),
  };
}

export const onOrOff = either('on', 'off');

export const yesOrNo = either('yes', 'no');

/** Reads names separated by commas. */
export const names: Reader<string[]> = {
  expects: 'names with commas between',
  read: (text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
};

/** Reads `KEY=VALUE`. @param key pattern of the key */
export function pair(expects: string, key = /^[^=]+$/): Reader<readonly [string, string]> {
  return {
    expects,
    read(text) {
      const place = text.indexOf('=');
      const name = text.slice(0, Math.max(place, 0));
      return key.test(name) ? [name, text.slice(place + 1)] : undefined;
    },
  };
}
