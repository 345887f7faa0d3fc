import type { KeyObject } from 'node:crypto';
import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from 'node:crypto';
import { z } from 'zod';

/** The three key pairs of an issuer; a licence key, proof or file is signed by one of them, by its scheme or algorithm. */
const KEY_KINDS = ['ed25519', 'rsa', 'ecdsa'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** One key of each kind. */
export type KeyTriple = Readonly<Record<KeyKind, KeyObject>>;

/** One text of each kind: private keys as PKCS #8 PEM (a secret, stored encrypted), or public keys as SPKI PEM. */
export const keyTexts = z.strictObject({ ed25519: z.string(), rsa: z.string(), ecdsa: z.string() });
export type KeyTexts = Readonly<z.output<typeof keyTexts>>;

/** Three fresh key pairs. The private half is for the master key at once; it is never logged or sent. */
export interface KeySet {
  /** Base64url SHA-256 of the three public keys: the name of the set. */
  readonly kid: string;
  readonly publicPems: KeyTexts;
  readonly privatePems: KeyTexts;
}

const RSA_BITS = 2048;

/** Makes keys on the thread pool, since RSA takes a tenth of a second or more. */
const MAKERS: Readonly<
  Record<KeyKind, (made: (error: Error | null, publicKey: KeyObject, privateKey: KeyObject) => void) => void>
> = {
  ed25519: (made) => generateKeyPair('ed25519', undefined, made),
  rsa: (made) => generateKeyPair('rsa', { modulusLength: RSA_BITS }, made),
  ecdsa: (made) => generateKeyPair('ec', { namedCurve: 'P-256' }, made),
};

function makeKey(kind: KeyKind): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    MAKERS[kind]((error, _, privateKey) => (error === null ? resolve(privateKey) : reject(error)));
  });
}

/** Formats a public key as SPKI PEM. */
export function publicPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Makes one value for each kind of key. */
export function forEachKind<Value>(make: (kind: KeyKind) => Value): Readonly<Record<KeyKind, Value>> {
  return { ed25519: make('ed25519'), rsa: make('rsa'), ecdsa: make('ecdsa') };
}

/** Computes the id of a set of public keys. */
export function keySetId(publicKeys: KeyTriple): string {
  const pems = KEY_KINDS.map((kind) => publicPem(publicKeys[kind]));
  return createHash('sha256').update(pems.join('')).digest('base64url');
}

/** Makes the key pairs of an issuer: Ed25519, RSA with 2048 bits, ECDSA on P-256. */
export async function generateKeySet(): Promise<KeySet> {
  const [ed25519, rsa, ecdsa] = await Promise.all([makeKey('ed25519'), makeKey('rsa'), makeKey('ecdsa')]);
  const keys: KeyTriple = { ed25519, rsa, ecdsa };
  const publicKeys = forEachKind((kind) => createPublicKey(keys[kind]));
  return {
    kid: keySetId(publicKeys),
    publicPems: forEachKind((kind) => publicPem(publicKeys[kind])),
    privatePems: forEachKind((kind) => privatePem(keys[kind])),
  };
}

const IS_OF_KIND: Readonly<Record<KeyKind, (key: KeyObject) => boolean>> = {
  ed25519: ({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519',
  rsa: ({ asymmetricKeyType, asymmetricKeyDetails }) =>
    asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === RSA_BITS,
  ecdsa: ({ asymmetricKeyType, asymmetricKeyDetails }) =>
    asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1',
};

function importKey(kind: KeyKind, read: () => KeyObject): KeyObject {
  const key = read();
  if (IS_OF_KIND[kind](key)) return key;
  throw new TypeError(`expected the ${kind} key of an issuer, found a key of type ${key.asymmetricKeyType}`);
}

/** Imports the three public keys. Costly: keep the result. @throws Error for a key of another kind */
export function importPublicKeys(pems: KeyTexts): KeyTriple {
  return forEachKind((kind) => importKey(kind, () => createPublicKey(pems[kind])));
}

/** Imports the three private keys. Costly: keep the result. @throws Error for a key of another kind */
export function importPrivateKeys(pems: KeyTexts): KeyTriple {
  return forEachKind((kind) => importKey(kind, () => createPrivateKey(pems[kind])));
}
