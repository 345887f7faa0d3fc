import { createHash } from 'node:crypto';
import type { JWK } from 'jose';
import type { KeyPair } from '@/lib/signing/key-pair';
import type { Kind } from '../kind';
import { KINDS } from '../kind';
import { forgeJwe, forgeJws } from './forge';

/** A file as data: text, bytes that are no text, or text too long to write out. */
export type VectorFile =
  | { readonly file: string }
  | { readonly file_base64: string }
  | { readonly file_generated: { readonly text: string; readonly times: number } };

/** A file that opens, and what is in it. */
export type GoodVector = VectorFile & {
  readonly name: string;
  readonly kind: Kind;
  readonly claims: object;
  /** Base64url SHA-256 of the JWS payload bytes. */
  readonly payload_digest: string;
};

/** A file that is refused, and how. */
export type BadVector = VectorFile & { readonly name: string; readonly code: string; readonly facts?: object };

/** How a token is made; every part can be another than it should be. */
export interface Recipe {
  readonly kind: Kind;
  readonly claims: object;
  /** Signs; null leaves the signature empty. */
  readonly signing: KeyPair | null;
  readonly recipient: KeyPair;
  readonly jwsHeader?: object | string;
  /** The very text of the payload. */
  readonly payload?: string;
  readonly jweHeader?: (epk: JWK) => object | string;
  readonly encryptedKey?: string;
  /** Changes the inner token before it is encrypted. */
  readonly jws?: (jws: string) => string | Uint8Array;
}

/** A token that is wrong in one way: name, code, what the refusal names, and what is different from a good one. */
export type Case = readonly [name: string, code: string, facts: object | null, change: Partial<Recipe>];

export function jweHeaderFor(recipient: KeyPair, epk: JWK) {
  return { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'airgate+jwe', cty: 'JWT', kid: recipient.kid, epk };
}

export function algOf(pair: KeyPair): string {
  return pair.publicJwk.crv === 'P-256' ? 'ES256' : 'Ed25519';
}

/** Makes the token of a recipe. */
export function makeToken(recipe: Recipe): string {
  const { kind, claims, signing, recipient } = recipe;
  const header = recipe.jwsHeader ?? { alg: signing === null ? 'none' : algOf(signing), typ: KINDS[kind].typ };
  const payload = recipe.payload ?? JSON.stringify(claims);
  const jws = forgeJws({ header, payload, privateJwk: signing?.privateJwk ?? null });
  return forgeJwe({
    plaintext: recipe.jws?.(jws) ?? jws,
    recipientJwk: recipient.publicJwk,
    header: recipe.jweHeader ?? ((epk) => jweHeaderFor(recipient, epk)),
    ...(recipe.encryptedKey === undefined ? {} : { encryptedKey: recipe.encryptedKey }),
  });
}

/** Puts a token in armour with any label and lines. */
export function wrap(input: { label: string; headers: readonly string[]; token: string }): string {
  const body = input.token.match(/.{1,76}/g) ?? [];
  return `${[`-----BEGIN ${input.label}-----`, ...input.headers, '', ...body, `-----END ${input.label}-----`].join('\n')}\n`;
}

export function payloadDigest(claims: object): string {
  return createHash('sha256').update(JSON.stringify(claims)).digest('base64url');
}

/** The bytes a vector stands for. */
export function bytesOf(vector: VectorFile): Uint8Array {
  if ('file' in vector) return new TextEncoder().encode(vector.file);
  if ('file_base64' in vector) return Uint8Array.from(Buffer.from(vector.file_base64, 'base64'));
  return new TextEncoder().encode(vector.file_generated.text.repeat(vector.file_generated.times));
}
