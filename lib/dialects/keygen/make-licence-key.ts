import { constants, privateEncrypt, randomBytes, randomUUID } from 'node:crypto';
import { reject } from '@/lib/licensing/refusals/rejection';
import { encodeSegment } from '@/lib/signing/compact';
import { DialectError } from '../dialect';
import type { KeygenIssuer } from './issuer';
import type { Content, LicenceValues } from './licence-values';
import { fillTemplate, toInstant } from './licence-values';
import { encodePadded } from './padded-base64url';
import type { KeyScheme } from './scheme';
import { SIGNED_SCHEMES } from './scheme';
import { signBytes } from './sign-bytes';

/** The capacity of an RSA block of 256 bytes, without its padding. */
const GREATEST_ENCRYPTED = 245;

/** The input of a licence key. */
export interface KeyToMake {
  /** Null for a plain key. */
  readonly scheme: KeyScheme | null;
  readonly content: Content;
  readonly values: LicenceValues;
  readonly issuer: KeygenIssuer;
}

/**
 * Makes the licence key of a scheme (docs/formats/keygen.md, licence keys). A key never changes afterwards: it is stored, not made again.
 *
 * @throws DialectError keygen-template-refused, keygen-dataset-too-long, keygen-dataset-refused
 */
export async function makeLicenceKey(key: KeyToMake): Promise<string> {
  switch (key.scheme) {
    case null:
      return plainKey();
    case 'RSA_2048_PKCS1_ENCRYPT':
      return encryptedKey(key);
    case 'RSA_2048_JWT_RS256':
      return jwtKey(key);
    case 'ED25519_SIGN':
    case 'RSA_2048_PKCS1_PSS_SIGN_V2':
    case 'RSA_2048_PKCS1_SIGN_V2':
    case 'ECDSA_P256_SIGN':
    case 'RSA_2048_PKCS1_PSS_SIGN':
    case 'RSA_2048_PKCS1_SIGN':
      return signedKey(key, key.scheme);
  }
}

/** Makes a plain key: thirty random hexadecimal digits in groups of six, and the version of this form. */
function plainKey(): string {
  const digits = randomBytes(15).toString('hex').toUpperCase();
  return [...(digits.match(/.{6}/g) ?? []), 'V3'].join('-');
}

async function signedKey(key: KeyToMake, scheme: keyof typeof SIGNED_SCHEMES): Promise<string> {
  const { algorithm, prefix } = SIGNED_SCHEMES[scheme];
  const dataset = datasetOf(key, defaultDataset);
  const encoded = `${prefix}${encodePadded(dataset)}`;
  const data = prefix === '' ? dataset : encoded;
  return `${encoded}.${encodePadded(await signBytes({ algorithm, issuer: key.issuer, data }))}`;
}

function encryptedKey(key: KeyToMake): string {
  const dataset = Buffer.from(datasetOf(key, shortDataset));
  if (dataset.byteLength > GREATEST_ENCRYPTED)
    throw new DialectError(reject('keygen-dataset-too-long', { bytes: dataset.byteLength, greatest: GREATEST_ENCRYPTED }));
  const privateKey = { key: key.issuer.privateKeys.rsa, padding: constants.RSA_PKCS1_PADDING };
  return encodePadded(privateEncrypt(privateKey, dataset));
}

async function jwtKey(key: KeyToMake): Promise<string> {
  const claims = datasetOf(key, claimsOf);
  if (!isObject(claims)) throw new DialectError(reject('keygen-dataset-refused', { problem: 'no claims object' }));
  const signed = [JSON.stringify({ typ: 'JWT', alg: 'RS256' }), claims].map(encodeSegment).join('.');
  return `${signed}.${encodeSegment(await signBytes({ algorithm: 'rsa-sha256', issuer: key.issuer, data: signed }))}`;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Formats the dataset of the key. */
function datasetOf(
  { content, issuer, values }: KeyToMake,
  byDefault: (account: string, values: LicenceValues) => object,
): string {
  const { account } = issuer;
  const text =
    content.kind === 'default' ? JSON.stringify(byDefault(account, values)) : fillTemplate(content.text, account, values);
  if (text === '') throw new DialectError(reject('keygen-dataset-refused', { problem: 'empty' }));
  return text;
}

function defaultDataset(account: string, values: LicenceValues): object {
  return {
    account: { id: account },
    product: { id: values.productId },
    policy: { id: values.policyId, duration: values.durationSeconds },
    user: values.user === null ? null : { id: values.user.id, email: values.user.email },
    license: { id: values.id, created: toInstant(values.createdAt), expiry: toInstant(values.expiresAt) },
  };
}

function shortDataset(_: string, values: LicenceValues): object {
  return {
    id: values.id,
    created: toInstant(values.createdAt),
    duration: values.durationSeconds,
    expiry: toInstant(values.expiresAt),
  };
}

function claimsOf(account: string, values: LicenceValues): object {
  const createdAt = toSeconds(values.createdAt);
  const claims = { jti: randomUUID(), iss: account, aud: account, sub: values.id, iat: createdAt, nbf: createdAt };
  return values.expiresAt === null ? claims : { ...claims, exp: toSeconds(values.expiresAt) };
}

function toSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
