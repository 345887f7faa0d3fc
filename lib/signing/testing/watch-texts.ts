/** How much text was scanned while a function ran. */
export interface Watched<Value> {
  readonly value: Value;
  /** Length of the longest text that was changed, or matched against a pattern without an end. */
  readonly longest: number;
  /** By what: a pattern, or the name of a change. */
  readonly by: string;
  /** Most marks one upon another in what was brought to a normal form: it costs the square of their number. */
  readonly mostMarks: number;
}

const CHANGES = ['normalize', 'trim', 'toLowerCase', 'toUpperCase', 'replaceAll'] as const;

/** With these zod counts the characters of a text, which is how its length is found out, and asks whether the name of a member is a number. */
const COUNTING = ['[\\uD800-\\uDBFF]', '^-?\\d+(?:\\.\\d+)?$'];

/** Says whether a pattern ends by itself: it begins at the beginning and repeats nothing without a bound. */
function isBounded({ source }: RegExp): boolean {
  if (COUNTING.includes(source)) return true;
  const outside = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  return outside.startsWith('^') && !/[*+]|\{\d+,\}/.test(outside);
}

function mostMarksIn(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/\p{M}+/gu), ([marks]) => [...marks].length));
}

/**
 * Runs a function and records the texts that it scans. Counts are exact and the same on every machine, which times are not.
 */
export async function watchTexts<Value>(run: () => Value | Promise<Value>): Promise<Watched<Value>> {
  let longest = 0;
  let by = '';
  const look = (length: number, at: string) => {
    if (length > longest) by = at;
    longest = Math.max(longest, length);
  };
  let mostMarks = 0;
  const patterns = RegExp.prototype;
  const texts = String.prototype;
  const kept = { exec: patterns.exec, ...Object.fromEntries(CHANGES.map((name) => [name, texts[name]])) };
  const restore = () => {
    patterns.exec = kept.exec;
    for (const name of CHANGES) Reflect.set(texts, name, Reflect.get(kept, name));
  };
  const aside = (count: () => void): void => {
    restore();
    try {
      count();
    } finally {
      watch();
    }
  };
  const watch = () => {
    patterns.exec = function exec(text) {
      aside(() => {
        if (!isBounded(this)) look(text.length, this.source);
      });
      return kept.exec.call(this, text);
    };
    for (const name of CHANGES) {
      const change = Reflect.get(kept, name);
      Reflect.set(texts, name, function changed(this: string, ...input: unknown[]) {
        aside(() => {
          look(this.length, name);
          if (name === 'normalize') mostMarks = Math.max(mostMarks, mostMarksIn(this));
        });
        return Reflect.apply(change, this, input);
      });
    }
  };
  watch();
  try {
    const value = await run();
    return { value, longest, by, mostMarks };
  } finally {
    restore();
  }
}
