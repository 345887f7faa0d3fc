import { isStreamSafe, normalise } from './bounded-text';

/** A text that breaks the rules of JSON in signed content. */
export class StrictJsonError extends Error {
  /** What was found in the text, in a word or two, for people. */
  readonly problem: string;

  constructor(problem: string, options?: ErrorOptions) {
    super(`JSON refused: ${problem}`, options);
    this.name = 'StrictJsonError';
    this.problem = problem;
  }
}

/** The rules of signed content. No file, and no part of one, is longer. */
const AS_SIGNED: Strictness = { maxDepth: 6, maxLength: 64 * 1024, isNfc: true };

/** Codes of the structural characters. */
const CODE_OF = { '{': 0x7b, '[': 0x5b, '}': 0x7d, ']': 0x5d, '"': 0x22 } as const;

const MEMBER_FOLLOWS = /[ \t\r\n]*:/y;

function isMemberName(text: string, endOfString: number): boolean {
  MEMBER_FOLLOWS.lastIndex = endOfString;
  return MEMBER_FOLLOWS.test(text);
}

/** The rules that a format may set for itself. */
export interface Strictness {
  /** Levels of objects and arrays. */
  readonly maxDepth: number;
  /** Characters, or bytes before they are decoded. */
  readonly maxLength: number;
  /** Whether text has to be in NFC, as in formats that say so (docs/formats/native.md, claims). */
  readonly isNfc: boolean;
}

/** Refuses text with NUL, a lone surrogate or more than 30 marks in a row. @throws StrictJsonError */
function checkText(text: string, isNfc: boolean): void {
  if (/^[ -~]*$/.test(text)) return;
  if (text.includes('\0')) throw new StrictJsonError('NUL');
  if (/\p{Surrogate}/u.test(text)) throw new StrictJsonError('lone surrogate');
  if (!isStreamSafe(text)) throw new StrictJsonError('over 30 marks in a row');
  if (isNfc && normalise(text, { form: 'NFC', max: text.length }) !== text) throw new StrictJsonError('text that is not NFC');
}

function decodeString(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch (cause) {
    throw new StrictJsonError('not JSON', { cause });
  }
}

/** Finds the place after the quotation mark that ends the string beginning at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end < 0) throw new StrictJsonError('not JSON');
  return end + 1;
}

/** Checks whether an odd number of backslashes precedes the character. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first -= 1;
  return (at - first) % 2 === 1;
}

function readString(literal: string, isNfc: boolean): string {
  const decoded = decodeString(literal);
  checkText(decoded, isNfc);
  return decoded;
}

function enterLevel(open: Set<string>[], maxDepth: number): void {
  if (open.length === maxDepth) throw new StrictJsonError(`nesting over ${maxDepth}`);
  open.push(new Set());
}

function enterMember(members: Set<string> | undefined, name: string): void {
  if (members?.has(name)) throw new StrictJsonError('duplicate member');
  if (name === '__proto__') throw new StrictJsonError('member named __proto__');
  members?.add(name);
}

function checkLength({ length }: { readonly length: number }, { maxLength }: Strictness): void {
  if (length > maxLength) throw new StrictJsonError(`over ${maxLength} characters`);
}

/** Checks the text in one pass, with a stack that never grows past `maxDepth`, so that hostile nesting costs nothing. */
function guard(text: string, { maxDepth, isNfc }: Strictness): void {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case CODE_OF['{']:
      case CODE_OF['[']:
        enterLevel(open, maxDepth);
        break;
      case CODE_OF['}']:
      case CODE_OF[']']:
        open.pop();
        break;
      case CODE_OF['"']: {
        const end = endOfString(text, at);
        const decoded = readString(text.slice(at, end), isNfc);
        if (isMemberName(text, end)) enterMember(open.at(-1), decoded);
        at = end - 1;
      }
    }
  }
}

/**
 * Parses JSON that came from outside: RFC 8259, no longer than `maxLength`, and no duplicate members at any depth (also not by escapes), no
 * nesting deeper than `maxDepth`, no NUL, no lone surrogates, no more than 30 marks in a row, no text that is not NFC where `isNfc` is set,
 * no `__proto__`.
 *
 * @throws StrictJsonError naming the problem
 */
export function parseStrictJson(text: string, strictness: Partial<Strictness> = {}): unknown {
  const rules = { ...AS_SIGNED, ...strictness };
  checkLength(text, rules);
  guard(text, rules);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StrictJsonError('not JSON', { cause });
  }
}

/** Decodes UTF-8 strictly (no replacement characters, a BOM is not removed), then parses as {@link parseStrictJson}. */
export function parseStrictJsonBytes(bytes: Uint8Array, strictness: Partial<Strictness> = {}): unknown {
  checkLength(bytes, { ...AS_SIGNED, ...strictness });
  return parseStrictJson(decodeUtf8(bytes), strictness);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new StrictJsonError('not UTF-8', { cause });
  }
}
