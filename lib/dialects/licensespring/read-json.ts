import { createHash } from 'node:crypto';
import { reject } from '@/lib/licensing/refusals/rejection';
import { parseStrictJson, StrictJsonError } from '@/lib/signing/strict-json';
import { DialectError } from '../dialect';

/** A request, its variables, and the values in lists of them; no file nests deeper. */
const STRICTNESS = { maxDepth: 8, isNfc: false };

export type JsonObject = Readonly<Record<string, unknown>>;

/** A file's JSON, as text and parsed. */
export interface ReadJson {
  readonly text: string;
  readonly object: JsonObject;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(problem: string, cause?: unknown): DialectError {
  return new DialectError(reject('file-json-refused', { problem }), { cause });
}

/** Parses UTF-8 without a byte order mark, as one object of strict JSON. @throws DialectError file-json-refused */
export function readJson(bytes: Uint8Array): ReadJson {
  const text = decodeUtf8(bytes);
  const object = parse(text);
  if (!isJsonObject(object)) throw refuse('not an object');
  return { text, object };
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refuse('not UTF-8', cause);
  }
}

function parse(text: string): unknown {
  try {
    return parseStrictJson(text, STRICTNESS);
  } catch (cause) {
    if (cause instanceof StrictJsonError) throw refuse(cause.problem, cause);
    throw cause;
  }
}

/** Strings, brackets and commas: the tokens that delimit values. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/gs;

interface Token {
  readonly text: string;
  readonly startsAt: number;
}

/** Lists the tokens of an object that are outside its nested values, with the bracket that ends it. */
function* outerTokens(object: string): Generator<Token> {
  let depth = 0;
  for (const { 0: text, index: startsAt } of object.matchAll(TOKEN)) {
    if (depth === 1) yield { text, startsAt };
    if (text === '{' || text === '[') depth += 1;
    if (text === '}' || text === ']') depth -= 1;
  }
}

const COLON = /[ \t\r\n]*:/y;

/** Finds where the value begins; null when the token is not the name of the member. */
function valueAfter(object: string, token: Token, name: string): number | null {
  if (!token.text.startsWith('"')) return null;
  COLON.lastIndex = token.startsAt + token.text.length;
  return COLON.test(object) && JSON.parse(token.text) === name ? COLON.lastIndex : null;
}

/**
 * Finds the text of a member's value as written in an object, without white space around it: the bytes under a signature over the member. The
 * text must be an object that {@link readJson} parsed.
 */
export function textOfMember(object: string, name: string): string {
  let valueAt: number | null = null;
  for (const token of outerTokens(object)) {
    const isEnd = token.text === ',' || token.text === '}';
    if (valueAt !== null && isEnd) return object.slice(valueAt, token.startsAt).trim();
    valueAt ??= valueAfter(object, token, name);
  }
  throw new RangeError(`expected an object with the member ${name}`);
}

/**
 * Computes the id of a row in files of this dialect, where ids are numbers below 2^53: the first 52 bits of the SHA-256 of its UUID. It never
 * changes, and is never zero.
 */
export function numberOf(uuid: string): number {
  const hex = createHash('sha256').update(uuid.toLowerCase()).digest('hex').slice(0, 13);
  return Math.max(1, Number.parseInt(hex, 16));
}
