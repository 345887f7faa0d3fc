import { constants, publicDecrypt } from 'node:crypto';
import { z } from 'zod';
import { reject } from '@/lib/licensing/refusals/rejection';
import { DialectError } from '../dialect';
import type { KeygenIssuers, KeygenVerifier } from './issuer';
import type { KeyShape } from './key-shape';
import { readKeyShape } from './key-shape';
import type { KeyScheme } from './scheme';
import { SIGNED_SCHEMES } from './scheme';
import { verifyBytes } from './sign-bytes';

/** A licence key of this issuer, by its signature or encryption. A plain key has neither, and has to be looked up. */
export interface OpenedLicenceKey {
  /** Null for a plain key. */
  readonly scheme: KeyScheme | null;
  /** The dataset of the key; null for a plain key. */
  readonly dataset: string | null;
}

/**
 * Opens a licence key of any scheme: parses and verifies it, by the keys in use and by retired ones.
 *
 * @param text without white space
 * @throws DialectError keygen-keys-missing, keygen-key-unreadable, keygen-key-cut, keygen-key-unpadded, keygen-key-alphabet,
 * keygen-key-of-another-issuer, keygen-key-not-authentic
 */
export async function openLicenceKey(text: string, issuers: KeygenIssuers): Promise<OpenedLicenceKey> {
  const shape = readKeyShape(text);
  const verifiers = await issuers.verifiers();
  if (verifiers.length === 0) throw new DialectError(reject('keygen-keys-missing'));
  if (shape.kind === 'plain') return { scheme: null, dataset: null };
  for (const verifier of verifiers) {
    const opened = await openWith(shape, verifier);
    if (opened !== null) return opened;
  }
  throw new DialectError(refuseOtherIssuer(shape, issuers.account));
}

function openWith(shape: Exclude<KeyShape, { kind: 'plain' }>, verifier: KeygenVerifier): Promise<OpenedLicenceKey | null> {
  switch (shape.kind) {
    case 'signed':
      return openSigned(shape, verifier);
    case 'encrypted':
      return openEncrypted(shape, verifier);
    case 'jwt':
      return openJwt(shape, verifier);
  }
}

type SignedScheme = keyof typeof SIGNED_SCHEMES;

/** Lists the schemes that match the form and length of a signature, likelier ones first. */
function schemesOf({ form, signature }: Extract<KeyShape, { kind: 'signed' }>): readonly SignedScheme[] {
  if (form === 'older') return ['RSA_2048_PKCS1_SIGN', 'RSA_2048_PKCS1_PSS_SIGN'];
  if (signature.byteLength > 72) return ['RSA_2048_PKCS1_SIGN_V2', 'RSA_2048_PKCS1_PSS_SIGN_V2'];
  return signature.byteLength === 64 ? ['ED25519_SIGN', 'ECDSA_P256_SIGN'] : ['ECDSA_P256_SIGN'];
}

async function openSigned(
  shape: Extract<KeyShape, { kind: 'signed' }>,
  verifier: KeygenVerifier,
): Promise<OpenedLicenceKey | null> {
  const { signed: data, signature, dataset } = shape;
  for (const scheme of schemesOf(shape)) {
    const { algorithm } = SIGNED_SCHEMES[scheme];
    if (await verifyBytes({ algorithm, verifier, data, signature })) return { scheme, dataset: dataset.toString('utf8') };
  }
  return null;
}

async function openEncrypted(
  { block }: Extract<KeyShape, { kind: 'encrypted' }>,
  verifier: KeygenVerifier,
): Promise<OpenedLicenceKey | null> {
  try {
    const dataset = publicDecrypt({ key: verifier.publicKeys.rsa, padding: constants.RSA_PKCS1_PADDING }, block);
    return { scheme: 'RSA_2048_PKCS1_ENCRYPT', dataset: dataset.toString('utf8') };
  } catch {
    // The padding is wrong: another key made the block.
    return null;
  }
}

async function openJwt(
  { signed: data, signature, dataset }: Extract<KeyShape, { kind: 'jwt' }>,
  verifier: KeygenVerifier,
): Promise<OpenedLicenceKey | null> {
  const isGood = await verifyBytes({ algorithm: 'rsa-sha256', verifier, data, signature });
  return isGood ? { scheme: 'RSA_2048_JWT_RS256', dataset: dataset.toString('utf8') } : null;
}

const namesAccount = z.union([
  z.object({ account: z.object({ id: z.string() }) }).transform(({ account }) => account.id),
  z.object({ aud: z.string() }).transform(({ aud }) => aud),
]);

/** Refuses a key that no key set verifies, naming the account that it states, if any. */
function refuseOtherIssuer(shape: Exclude<KeyShape, { kind: 'plain' }>, account: string) {
  const named = shape.kind === 'encrypted' ? undefined : namesAccount.safeParse(readJson(shape.dataset.toString('utf8'))).data;
  if (named === undefined || named === account) return reject('keygen-key-not-authentic');
  return reject('keygen-key-of-another-issuer', { account: named.slice(0, 60) });
}

/** Parses JSON; null for other text. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
