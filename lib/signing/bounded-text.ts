import { z } from 'zod';

/** The most marks in a row in stream-safe text (UAX #15, section 13). No writing system needs as many. */
const MOST_MARKS = 30;

/**
 * How many times longer than its normal form a text can be: a Greek letter with three marks is one character or four (UAX #15, U+1F82).
 * A field that accepts any form accepts that many times its length, and checks the length again after normalisation.
 */
const DECOMPOSED = 4;

/** Checks that no more than 30 marks follow in a row. Sorting them, as every normal form does, takes quadratic time. */
export function isStreamSafe(text: string): boolean {
  // Most text has none.
  if (!/\p{M}/u.test(text)) return true;
  for (const [marks] of text.matchAll(/\p{M}+/gu)) {
    if (marks.length > MOST_MARKS && [...marks].length > MOST_MARKS) return false;
  }
  return true;
}

/**
 * Normalises a text (UAX #15), after checking its length and its marks. Lint forbids to normalise anywhere else (lint/bounded-text.grit): a
 * form field full of marks would block the process for minutes.
 *
 * @param wanted.max the greatest length, in characters
 * @returns null for a text that is longer, or has more than 30 marks in a row
 */
export function normalise(text: string, { form, max }: { form: 'NFC' | 'NFKC'; max: number }): string | null {
  return text.length <= max && isStreamSafe(text) ? text.normalize(form) : null;
}

/**
 * A field of untrusted text. Checks its length, then its marks, before any pattern, refinement or transform that is chained to it runs. Lint
 * allows such chains to begin here only.
 */
export function boundedText(max: number) {
  return z
    .string()
    .max(max, { error: `expected ${max} characters at most`, abort: true })
    .refine(isStreamSafe, { error: 'expected fewer marks in a row', abort: true });
}

/** A field of text that is cut to `max` characters. */
export function cutText(max: number) {
  return z
    .string()
    .transform((whole) => whole.slice(0, max))
    .pipe(boundedText(max));
}

/** A field of text in any form, normalised to NFC and trimmed: up to `max` characters afterwards. */
export function nfcText(max: number) {
  return boundedText(max * DECOMPOSED)
    .transform((raw) => raw.normalize('NFC').trim())
    .pipe(boundedText(max));
}
