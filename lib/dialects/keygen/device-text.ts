import { reject } from '@/lib/licensing/refusals/rejection';
import { parseStrictJsonBytes, StrictJsonError } from '@/lib/signing/strict-json';
import { DialectError } from '../dialect';

/** The content of a device page. It is not signed itself, but the licence key in it may be. */
export interface DeviceText {
  readonly key: string;
  readonly fingerprint: string;
  /** The device's own name; null when it states none. */
  readonly name: string | null;
  /** The device's clock, when it states one. */
  readonly statedAt: Date | null;
}

/** Greatest lengths, in characters. The longest licence key is one signed by RSA over a dataset of the vendor's. */
const GREATEST = { key: 4096, fingerprint: 512, name: 100, time: 40 } as const;
type Field = keyof typeof GREATEST;

const STANDARD = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** The beginning of the base64 of `{"key"`, `{"fingerprint"`, `{"name"` and `{"time"`: what remains of a text that was cut or changed. */
const BEGINNINGS = ['eyJrZXki', 'eyJmaW5nZXJwcmlud', 'eyJuYW1lI', 'eyJ0aW1lI'];
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Decodes the members of base64 JSON without checking them; null for other text. Never throws. */
function peek(text: string): Members | null {
  if (!STANDARD.test(text)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Checks whether a text without white space could be that of a device page, damaged or not. Requests of other formats are base64 of JSON too,
 * with other members.
 */
export function looksLikeDeviceText(text: string): boolean {
  const members = peek(text);
  if (members === null) return !text.includes('.') && BEGINNINGS.some((beginning) => text.startsWith(beginning));
  const isOfAnother = ['hardware_id', 'request', 'product', 'signature'].some((name) => Object.hasOwn(members, name));
  return !isOfAnother && ['key', 'fingerprint'].some((name) => Object.hasOwn(members, name));
}

/**
 * Parses the members of a device page's text.
 *
 * @param text without white space
 * @throws DialectError keygen-code-damaged
 */
export function readMembers(text: string): Members {
  if (!STANDARD.test(text)) throw new DialectError(reject('keygen-code-damaged', { problem: 'no base64' }));
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new DialectError(reject('keygen-code-damaged', { problem: 'no base64' }));
  try {
    const members = parseStrictJsonBytes(bytes, { maxDepth: 2 });
    if (isObject(members)) return members;
  } catch (cause) {
    if (!(cause instanceof StrictJsonError)) throw cause;
    throw new DialectError(reject('keygen-code-damaged', { problem: cause.problem }), { cause });
  }
  throw new DialectError(reject('keygen-code-damaged', { problem: 'not an object' }));
}

/**
 * Checks that key and fingerprint are present as text, and that every member is known.
 *
 * @throws DialectError keygen-field-missing, keygen-field-not-text, keygen-field-unknown
 */
export function checkMembers(members: Members): Readonly<Partial<Record<Field, string>>> {
  const strange = Object.keys(members).find((name) => !Object.hasOwn(GREATEST, name));
  if (strange !== undefined) throw new DialectError(reject('keygen-field-unknown', { field: strange.slice(0, 40) }));
  const { key, fingerprint, name, time } = members;
  return { ...text('key', key), ...text('fingerprint', fingerprint), ...optional('name', name), ...optional('time', time) };
}

function optional(field: Field, value: unknown): Partial<Record<Field, string>> {
  return value === undefined || value === null ? {} : text(field, value);
}

function text(field: Field, value: unknown): Partial<Record<Field, string>> {
  if (value === undefined) throw new DialectError(reject('keygen-field-missing', { field }));
  if (typeof value !== 'string') throw new DialectError(reject('keygen-field-not-text', { field }));
  return { [field]: value };
}

/**
 * Checks that the texts are of an allowed length and on one line.
 *
 * @throws DialectError keygen-field-empty, keygen-field-too-long, keygen-field-not-text, keygen-time-refused
 */
export function checkLimits(members: Readonly<Partial<Record<Field, string>>>): DeviceText {
  return {
    key: line('key', members.key ?? ''),
    fingerprint: line('fingerprint', members.fingerprint ?? ''),
    name: members.name === undefined ? null : line('name', members.name),
    statedAt: members.time === undefined ? null : readTime(line('time', members.time)),
  };
}

function line(field: Field, value: string): string {
  const greatest = GREATEST[field];
  if (value.length > greatest) {
    throw new DialectError(reject('keygen-field-too-long', { field, length: value.length, greatest }));
  }
  if (value.trim() === '') throw new DialectError(reject('keygen-field-empty', { field }));
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(value)) throw new DialectError(reject('keygen-field-not-text', { field }));
  return value;
}

function readTime(found: string): Date {
  const at = TIME.test(found) ? new Date(found) : null;
  if (at === null || Number.isNaN(at.getTime())) throw new DialectError(reject('keygen-time-refused', { found }));
  return at;
}
