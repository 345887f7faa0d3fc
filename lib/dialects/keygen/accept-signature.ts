import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { SignatureAlgorithm } from './scheme';
import { SIGNATURE_ALGORITHMS } from './scheme';

/** `name="value"` separated by commas; no client writes more. */
const PARAMETERS = /^[ \t]*[a-z]+="[^"]*"(?:[ \t]*,[ \t]*[a-z]+="[^"]*")*[ \t]*$/;
const PARAMETER = /([a-z]+)="([^"]*)"/g;
const LONGEST = 1000;
/** The parameters that a client may send. `headers` names what is always signed. */
const KNOWN = ['keyid', 'algorithm', 'headers'];

/**
 * Parses the header `Keygen-Accept-Signature`.
 *
 * @param header null when the client sent none
 * @returns the algorithm, Ed25519 when none is named; or keygen-accept-signature-refused, keygen-algorithm-unknown, keygen-account-differs
 */
export function readAcceptSignature(
  header: string | null,
  account: string,
): { readonly algorithm: SignatureAlgorithm } | { readonly rejection: Rejection } {
  if (header === null) return { algorithm: 'ed25519' };
  const parameters = readParameters(header);
  if (parameters === null) return { rejection: reject('keygen-accept-signature-refused') };
  const { keyid = account, algorithm: found = 'ed25519' } = parameters;
  if (keyid !== account) return { rejection: reject('keygen-account-differs') };
  const algorithm = SIGNATURE_ALGORITHMS.find((known) => known === found);
  if (algorithm !== undefined) return { algorithm };
  return {
    rejection: reject('keygen-algorithm-unknown', { found: found.slice(0, 60), known: SIGNATURE_ALGORITHMS.join(', ') }),
  };
}

function readParameters(header: string): Partial<Record<string, string>> | null {
  if (header.length > LONGEST || !PARAMETERS.test(header)) return null;
  const found = [...header.matchAll(PARAMETER)].map(([, name = '', value = '']) => [name, value] as const);
  const names = new Set(found.map(([name]) => name));
  if (names.size < found.length || [...names].some((name) => !KNOWN.includes(name))) return null;
  return Object.fromEntries(found);
}
