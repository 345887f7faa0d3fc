import { z } from 'zod';

/** Marks upon one letter: as many as stream-safe text has (UAX #15, section 13). No writing comes near. */
const MOST_MARKS = 30;

/**
 * How many times longer than its normal form a text can be: a Greek letter with three marks is one character or four (UAX #15, U+1F82).
 * A field that takes text in any form takes so many times its length, and counts again afterwards.
 */
const DECOMPOSED = 4;

/** Says whether no more than 30 marks stand in a row. Sorting them, as every normal form does, costs the square of their number. */
export function isStreamSafe(text: string): boolean {
  // Most text has none.
  if (!/\p{M}/u.test(text)) return true;
  for (const [marks] of text.matchAll(/\p{M}+/gu)) {
    if (marks.length > MOST_MARKS && [...marks].length > MOST_MARKS) return false;
  }
  return true;
}

/**
 * Brings a text to a normal form (UAX #15), after its length and its marks were looked at. Nothing else in this product may, which lint sees
 * to (lint/bounded-text.grit): a form field of marks would hold up everybody for minutes.
 *
 * @param wanted.max characters there may be
 * @returns null for a text that is longer, or has more than 30 marks in a row
 */
export function normalise(text: string, { form, max }: { form: 'NFC' | 'NFKC'; max: number }): string | null {
  return text.length <= max && isStreamSafe(text) ? text.normalize(form) : null;
}

/**
 * A field of text from outside. Its length is looked at first, then its marks, and only what passes is seen by what is chained to it:
 * patterns, refinements, transforms. The only beginning of such a chain that lint lets through.
 */
export function boundedText(max: number) {
  return z
    .string()
    .max(max, { error: `expected ${max} characters at most`, abort: true })
    .refine(isStreamSafe, { error: 'expected fewer marks in a row', abort: true });
}

/** A field of text of which no more than `max` characters are looked at; the rest is left out. */
export function cutText(max: number) {
  return z
    .string()
    .transform((whole) => whole.slice(0, max))
    .pipe(boundedText(max));
}

/** A field of text in any form, brought to NFC and trimmed: up to `max` characters then. */
export function nfcText(max: number) {
  return boundedText(max * DECOMPOSED)
    .transform((raw) => raw.normalize('NFC').trim())
    .pipe(boundedText(max));
}
