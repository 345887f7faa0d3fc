import type { PublicJwk } from '../jwk';
import { thumbprintOf } from '../jwk';
import { entryHash, firstHash, VENDOR_CHAIN } from './chain';
import type { Checkpoint } from './checkpoint';
import { verifyCheckpoint } from './checkpoint';
import type { ExportHeader, ExportLine } from './export-lines';
import { readLine } from './export-lines';

/** What can be wrong with an export. */
export type Breach =
  | 'unreadable'
  | 'header'
  | 'changed'
  | 'missing'
  | 'reordered'
  | 'repeated'
  | 'out-of-turn'
  | 'foreign'
  | 'checkpoint-forged'
  | 'checkpoint-differs'
  | 'not-vouched-for';

/** The first place where an export differs from what the audit seal covers. */
export interface Broken {
  readonly breach: Breach;
  /** Counts from 1. */
  readonly line: number;
  /** The entry that is wrong or missing; null for the header. */
  readonly sequence: number | null;
  readonly expected: string;
  readonly found: string;
}

/** The result of verifying an export. */
export interface Verified {
  readonly chain: string;
  readonly vendorId: string;
  readonly rootKeyThumbprint: string;
  readonly entries: number;
  /** The last checkpoint that holds: nothing up to it was changed. Changes after it cannot be detected. */
  readonly vouchedFor: { readonly sequence: number; readonly at: Date } | null;
  readonly broken: Broken | null;
}

/** The vendor as the reader knows it, from `vendor.json`. */
export interface KnownVendor {
  readonly vendorId: string;
  readonly rootPublicJwk: PublicJwk;
}

interface Place {
  readonly line: number;
  readonly sequence: number;
  readonly hash: string;
  /** Number of the last entry in the order in which entries of all chains were written. */
  readonly id: number;
  readonly vouchedFor: Checkpoint | null;
}

type Step = { readonly next: Place } | { readonly broken: Broken };

/**
 * Verifies an export line by line, without a database, and stops at the first line that is not what the audit seal covers.
 *
 * @param lines in order, without line ends
 * @param known the vendor as the reader knows it; null trusts the root key that the file itself names, whose thumbprint the reader then has to compare by eye
 */
export async function verifyExport(lines: AsyncIterable<string>, known: KnownVendor | null): Promise<Verified> {
  const rest = lines[Symbol.asyncIterator]();
  const first = await rest.next();
  const header = readHeader(first.done === true ? '' : first.value, known);
  if ('broken' in header) return header;
  const { chain, vendor_id: vendorId } = header;
  const trusted = { vendorId, rootPublicJwk: header.root_key };
  let place: Place = { line: 1, sequence: 0, hash: firstHash({ vendorId, chain }), id: 0, vouchedFor: null };
  const result = (broken: Broken | null): Verified => ({
    chain,
    vendorId,
    rootKeyThumbprint: header.root_key_thumbprint,
    entries: place.sequence,
    vouchedFor: place.vouchedFor && { sequence: place.vouchedFor.sequence, at: place.vouchedFor.at },
    broken,
  });
  for (let read = await rest.next(); read.done !== true; read = await rest.next()) {
    const step = verifyLine({ text: read.value, place, chain, trusted });
    if ('broken' in step) return result(await detectReordered(step.broken, rest));
    place = step.next;
  }
  return result(isVouchedFor(place) ? null : notVouchedFor(place));
}

function readHeader(text: string, known: KnownVendor | null): ExportHeader | Verified {
  const found = readLine(text);
  const fail = (expected: string, instead: string): Verified => ({
    chain: '',
    vendorId: '',
    rootKeyThumbprint: '',
    entries: 0,
    vouchedFor: null,
    broken: { breach: 'header', line: 1, sequence: null, expected, found: instead },
  });
  if (found?.kind !== 'header') return fail('the header of an export', text.slice(0, 60));
  const thumbprint = thumbprintOf(found.root_key);
  if (found.root_key_thumbprint !== thumbprint) return fail(`the root key ${found.root_key_thumbprint}`, thumbprint);
  if (known === null) return found;
  if (found.vendor_id !== known.vendorId) return fail(`the vendor ${known.vendorId}`, found.vendor_id);
  const trusted = thumbprintOf(known.rootPublicJwk);
  return thumbprint === trusted ? found : fail(`the root key ${trusted}`, thumbprint);
}

interface Reading {
  readonly text: string;
  readonly place: Place;
  readonly chain: string;
  readonly trusted: KnownVendor;
}

function verifyLine(reading: Reading): Step {
  const { text, place } = reading;
  const line = place.line + 1;
  const found = readLine(text);
  if (found === null || found.kind === 'header') {
    const expected = `entry ${place.sequence + 1} or a checkpoint, written as it was exported`;
    return { broken: { breach: 'unreadable', line, sequence: place.sequence + 1, expected, found: text.slice(0, 60) } };
  }
  return found.kind === 'entry' ? verifyEntry(found, reading) : verifyCheckpointLine(found.token, reading);
}

function verifyEntry(found: Extract<ExportLine, { kind: 'entry' }>, { place, chain }: Reading): Step {
  const sequence = place.sequence + 1;
  const line = place.line + 1;
  if (found.sequence !== sequence) {
    const breach = found.sequence > sequence ? 'missing' : 'repeated';
    return { broken: { breach, line, sequence, expected: `entry ${sequence}`, found: `entry ${found.sequence}` } };
  }
  const hash = entryHash({ previous: place.hash, sequence, entry: found.entry });
  if (hash !== found.hash) {
    return { broken: { breach: 'changed', line, sequence, expected: `the hash ${hash} of what it says`, found: found.hash } };
  }
  // The hash holds, so the audit seal was made over a wrong entry: one that was withheld from its place, or put where it does not belong.
  const { id, customer_id: customer } = found.entry;
  if (customer !== (chain === VENDOR_CHAIN ? null : chain)) {
    return { broken: { breach: 'foreign', line, sequence, expected: `an entry of the chain ${chain}`, found: String(customer) } };
  }
  if (typeof id !== 'number' || id <= place.id) {
    const expected = `an entry that was written behind ${place.id}`;
    return { broken: { breach: 'out-of-turn', line, sequence, expected, found: String(id) } };
  }
  return { next: { ...place, line, sequence, hash, id } };
}

/** Reads a checkpoint; null for one that the vendor did not sign. */
function readCheckpoint(token: string, trusted: Reading['trusted']): Checkpoint | null {
  try {
    return verifyCheckpoint(token, trusted);
  } catch {
    return null;
  }
}

function verifyCheckpointLine(token: string, { place, chain, trusted }: Reading): Step {
  const line = place.line + 1;
  const checkpoint = readCheckpoint(token, trusted);
  const fail = (breach: Breach, expected: string, found: string): Step => ({
    broken: { breach, line, sequence: place.sequence, expected, found },
  });
  if (checkpoint === null || checkpoint.chain !== chain) {
    return fail('checkpoint-forged', `a checkpoint of the chain ${chain}, signed by the vendor`, token.slice(0, 60));
  }
  if (checkpoint.sequence !== place.sequence || place.vouchedFor?.sequence === place.sequence) {
    return fail('checkpoint-differs', `a checkpoint after entry ${place.sequence}`, `one after entry ${checkpoint.sequence}`);
  }
  if (checkpoint.hash !== place.hash) {
    const from = (place.vouchedFor?.sequence ?? 0) + 1;
    return fail('checkpoint-differs', `entries ${from} to ${place.sequence} as signed: ${checkpoint.hash}`, place.hash);
  }
  return { next: { ...place, line, vouchedFor: checkpoint } };
}

function isVouchedFor({ sequence, vouchedFor }: Place): boolean {
  return sequence === (vouchedFor?.sequence ?? 0);
}

function notVouchedFor(place: Place): Broken {
  const from = (place.vouchedFor?.sequence ?? 0) + 1;
  const expected = `a checkpoint behind entries ${from} to ${place.sequence}`;
  return { breach: 'not-vouched-for', line: place.line, sequence: from, expected, found: 'the end of the file' };
}

/** Detects that a missing entry was moved: it then follows in a later line. */
async function detectReordered(broken: Broken, rest: AsyncIterator<string>): Promise<Broken> {
  if (broken.breach !== 'missing') return broken;
  let line = broken.line;
  for (let read = await rest.next(); read.done !== true; read = await rest.next()) {
    line += 1;
    const found = readLine(read.value);
    if (found?.kind === 'entry' && found.sequence === broken.sequence) {
      return { ...broken, breach: 'reordered', found: `${broken.found}; entry ${broken.sequence} stands in line ${line}` };
    }
  }
  return broken;
}
