import type { Rejection } from '@/lib/licensing/rejection';
import { reject } from '@/lib/licensing/rejection';
import type { LicenceInclude, MachineInclude } from './licence-details';
import { LICENCE_INCLUDES, MACHINE_INCLUDES } from './licence-details';
import type { FileAlgorithm, KeyScheme } from './scheme';
import { FILE_ALGORITHMS, KEY_SCHEMES } from './scheme';

/** One month, as clients count it: how long a file is good when nobody says otherwise. */
export const DEFAULT_TTL_SECONDS = 2_629_746;
const LEAST_TTL_SECONDS = 3600;
/** A hundred years. Clients compute with dates of four digits. */
const GREATEST_TTL_SECONDS = 3_155_695_200;

/** What somebody asked for, or why it cannot be had. */
export type Asked<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly rejection: Rejection };

function taken<Value>(value: Value): Asked<Value> {
  return { ok: true, value };
}

function shown(found: unknown): string {
  return (typeof found === 'string' ? found : (JSON.stringify(found) ?? 'nothing')).slice(0, 60);
}

/** How long a file is to be good: a whole number of seconds, an hour at least; null for ever. @returns keygen-ttl-refused */
export function checkTtl(found: unknown): Asked<number | null> {
  if (found === null) return taken(null);
  const fits = Number.isInteger(found) && Number(found) >= LEAST_TTL_SECONDS && Number(found) <= GREATEST_TTL_SECONDS;
  if (fits) return taken(Number(found));
  const facts = { found: shown(found), least: LEAST_TTL_SECONDS, greatest: GREATEST_TTL_SECONDS };
  return { ok: false, rejection: reject('keygen-ttl-refused', facts) };
}

/** How a file is to be written and signed. @returns keygen-algorithm-unknown */
export function checkAlgorithm(found: unknown): Asked<FileAlgorithm> {
  const known = FILE_ALGORITHMS.find((algorithm) => algorithm === found);
  if (known !== undefined) return taken(known);
  return { ok: false, rejection: reject('keygen-algorithm-unknown', { found: shown(found), known: FILE_ALGORITHMS.join(', ') }) };
}

/** The scheme of a licence key; `none` for a plain one. @returns keygen-scheme-unknown */
export function checkScheme(found: unknown): Asked<KeyScheme | null> {
  if (found === null || found === 'none') return taken(null);
  const known = KEY_SCHEMES.find((scheme) => scheme === found);
  if (known !== undefined) return taken(known);
  return { ok: false, rejection: reject('keygen-scheme-unknown', { found: shown(found) }) };
}

function checkIncludes<Name extends string>(found: readonly unknown[], known: readonly Name[]): Asked<readonly Name[]> {
  const names = new Set<Name>();
  for (const each of found) {
    const name = known.find((candidate) => candidate === each);
    if (name === undefined) {
      return { ok: false, rejection: reject('keygen-include-unknown', { found: shown(each), known: known.join(', ') }) };
    }
    names.add(name);
  }
  return taken([...names]);
}

/** What a licence file is to include, each once. @returns keygen-include-unknown */
export function checkLicenceIncludes(found: readonly unknown[]): Asked<readonly LicenceInclude[]> {
  return checkIncludes(found, LICENCE_INCLUDES);
}

/** What a machine file is to include, each once. @returns keygen-include-unknown */
export function checkMachineIncludes(found: readonly unknown[]): Asked<readonly MachineInclude[]> {
  return checkIncludes(found, MACHINE_INCLUDES);
}
