import { reject } from '@/lib/licensing/refusals/rejection';
import { isCanonicalSegment } from '@/lib/signing/compact';
import { DialectError } from '../dialect';
import type { Kind } from './kind';
import { KINDS, kindOfLabel, squeezeLabel } from './kind';
import type { ProofClaims, ReplyClaims, RequestClaims } from './token-claims';

/** No token of this format is longer. */
const MAX_TOKEN_CHARACTERS = 16 * 1024;

const BODY_LINES = /.{1,76}/g;
const FIRST_LINE = /^-----BEGIN ([A-Z ]{1,40})-----/;
const BEGIN = /-----BEGIN([A-Z]{1,40})-----/g;
const LAST_HEADER = /Created:\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g;

/** A file's token and the content of its armour. Nothing is verified yet. */
export interface Armoured {
  /** The kind that the armour names; null for a bare token. */
  readonly kind: Kind | null;
  /** The header lines without white space, to be compared with the signed claims; null for a bare token. */
  readonly headerText: string | null;
  /** Five segments at most, each in canonical base64url. */
  readonly token: string;
}

/** Removes all white space: line ends, wrapping and indentation have no meaning in this format. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Writes a file as text that a person can read and mail can carry (docs/formats/native.md, files). */
export function writeArmour({ kind, headers, token }: { kind: Kind; headers: readonly string[]; token: string }): string {
  const { label } = KINDS[kind];
  const body = token.match(BODY_LINES) ?? [];
  return [`-----BEGIN ${label}-----`, ...headers, '', ...body, `-----END ${label}-----`, ''].join('\n');
}

/** Removes mail quoting (`> `, also nested) and white space. */
function flatten(text: string): string {
  return squeeze(text.includes('>') ? text.replace(/^[^\S\r\n]*(?:>[^\S\r\n]*)+/gm, '') : text);
}

function isBareToken(flat: string): boolean {
  return /^eyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_.-]*$/.test(flat);
}

/** Checks whether a text could be of this format, damaged or not. */
export function looksArmoured(text: string): boolean {
  // The fast path: most files are exactly as written.
  const [, first] = FIRST_LINE.exec(text) ?? [];
  if (first !== undefined && kindOfLabel(squeeze(first)) !== undefined) return true;
  const flat = flatten(text);
  if (isBareToken(flat) || isCutInMarker(flat)) return true;
  return [...flat.matchAll(/-----(?:BEGIN|END)([A-Z]{1,40})-----/g)].some(([, label = '']) => kindOfLabel(label) !== undefined);
}

function isCutInMarker(flat: string): boolean {
  return /-----BEGIN[A-Z]*-{0,4}$/.test(flat);
}

function checkToken(token: string): string {
  if (token.length > MAX_TOKEN_CHARACTERS) throw new DialectError(reject('token-too-large'));
  const damaged = token.split('.').some((segment) => segment !== '' && !isCanonicalSegment(segment));
  if (damaged) throw new DialectError(reject('file-damaged'));
  if (token === '') throw new DialectError(reject('file-cut-short'));
  return token;
}

/** Finds the only block of this format in the text: other blocks (a signed mail, say) count as surrounding text. */
function findBlock(flat: string): { kind: Kind; inside: string } {
  const begins = [...flat.matchAll(BEGIN)].flatMap(({ 0: marker, 1: label = '', index }) => {
    const kind = kindOfLabel(label);
    return kind === undefined ? [] : [{ kind, insideAt: index + marker.length }];
  });
  const [begin, second] = begins;
  if (begin === undefined && isCutInMarker(flat)) throw new DialectError(reject('file-cut-short'));
  if (begin === undefined) throw new DialectError(reject(looksArmoured(flat) ? 'file-damaged' : 'file-not-recognised'));
  if (second !== undefined) throw new DialectError(reject('file-has-two-blocks'));

  const endAt = flat.indexOf(`-----END${squeezeLabel(begin.kind)}-----`, begin.insideAt);
  if (endAt < 0) throw new DialectError(reject(/-----END[A-Z]+-----/.test(flat) ? 'file-damaged' : 'file-cut-short'));
  return { kind: begin.kind, inside: flat.slice(begin.insideAt, endAt) };
}

/**
 * Parses a file's text, or a bare token: LF or CRLF, mail quoting, text before and after, lines joined or wrapped anywhere.
 *
 * @throws DialectError file-not-recognised, file-cut-short, file-has-two-blocks, file-damaged, file-headers-differ (no `Created` line),
 * format-version-unknown, token-too-large
 */
export function readArmour(text: string): Armoured {
  const flat = flatten(text);
  if (isBareToken(flat)) return { kind: null, headerText: null, token: checkToken(flat) };

  const { kind, inside } = findBlock(flat);
  const found = /^Format:(\d{1,9})(?!\d)/.exec(inside)?.[1];
  if (found !== undefined && found !== '1') throw new DialectError(reject('format-version-unknown', { found }));

  const last = [...inside.matchAll(LAST_HEADER)].at(-1);
  if (last === undefined) throw new DialectError(reject('file-headers-differ', { header: 'Created' }));
  const bodyAt = last.index + last[0].length;
  return { kind, headerText: inside.slice(0, bodyAt), token: checkToken(inside.slice(bodyAt)) };
}

/** The values of the header lines, for people. */
interface Shown {
  readonly device: string;
  readonly product: string | null;
  readonly issuedAtSeconds: number;
}

function textOf(ext: Readonly<Record<string, unknown>> | undefined, member: string): string | null {
  const value = ext?.[member];
  return typeof value === 'string' ? value : null;
}

export function shownOfRequest(claims: RequestClaims): Shown {
  return { device: claims.device.name, product: claims.product, issuedAtSeconds: claims.iat };
}

/** A reply and a proof name the device by its key; the name people know is in `ext`, where the writer knows it. */
export function shownOfReply(claims: ReplyClaims): Shown {
  return { device: textOf(claims.ext, 'device') ?? claims.aud, product: claims.entitlement.product, issuedAtSeconds: claims.iat };
}

export function shownOfProof(claims: ProofClaims): Shown {
  return {
    device: textOf(claims.ext, 'device') ?? claims.iss,
    product: textOf(claims.ext, 'product'),
    issuedAtSeconds: claims.iat,
  };
}

/** Formats an instant for header lines: whole seconds, UTC. */
function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Formats the header lines of a file, in order, from the signed claims only. */
export function renderHeaders({ device, product, issuedAtSeconds }: Shown): string[] {
  const lines = ['Format: 1', `Device: ${device}`];
  if (product !== null) lines.push(`Product: ${product}`);
  lines.push(`Created: ${instant(issuedAtSeconds)}`);
  return lines;
}

/**
 * Compares the header lines with those of the signed claims; white space does not count. A bare token has none.
 *
 * @throws DialectError file-headers-differ, naming the first line that differs
 */
export function checkHeaders(headerText: string | null, shown: Shown): void {
  if (headerText === null) return;
  const lines = renderHeaders(shown);
  if (headerText === lines.map(squeeze).join('')) return;
  const different = lines.find((line) => !headerText.includes(squeeze(line)));
  throw new DialectError(reject('file-headers-differ', { header: different?.split(':')[0] ?? 'Format' }));
}
