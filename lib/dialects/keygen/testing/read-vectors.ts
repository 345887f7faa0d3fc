import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeygenIssuer, KeygenIssuers } from '../issuer';
import { issuerFrom, verifierFrom } from '../issuer';
import type { KeygenKeys } from '../open';
import type { SignatureAlgorithm } from '../scheme';
import type { VectorKeys } from './vector-keys';

const folder = join(import.meta.dirname, '../../../../docs/formats/keygen-vectors');

/** A licence key or a device text that opens, or does not. */
export interface GoodText {
  readonly name: string;
  readonly text: string;
  readonly opened: object;
}
export interface BadText {
  readonly name: string;
  readonly text: string;
  readonly code: string;
  readonly facts?: object;
}
/** A file, with what it takes to open it and what is then in it. */
export interface FileVector {
  readonly name: string;
  readonly kind: 'license' | 'machine';
  readonly algorithm: string;
  readonly licence_key: string;
  readonly fingerprint: string | null;
  readonly file: string;
  readonly content: object;
}
export interface ProofVector {
  readonly name: string;
  readonly proof: string;
  readonly dataset: string;
}
export interface ResponseVector {
  readonly algorithm: SignatureAlgorithm;
  readonly method: string;
  readonly target: string;
  readonly host: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function readVectors<Content>(name: string): Content {
  const content: Content = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return content;
}

export function readVectorKeys(): VectorKeys {
  return readVectors<VectorKeys>('keys');
}

/** The issuer of the vectors, as it signs. */
export function issuerOf({ account, issuer }: VectorKeys): KeygenIssuer {
  return issuerFrom({ account, privatePems: issuer.privatePems });
}

/** What the portal of the vectors verifies licence keys by. */
export function issuersOf({ account, issuer, retired }: VectorKeys): KeygenIssuers {
  const verifiers = [issuer, retired].map(({ publicPems }) => verifierFrom(publicPems));
  return { account, verifiers: async () => verifiers };
}

/** The same, with a vault that encodes without a key, so that equal secrets give equal texts. */
export function keysOf(keys: VectorKeys): KeygenKeys {
  const vault = {
    encrypt: async (secret: string) => Buffer.from(secret).toString('base64url'),
    decrypt: async (encrypted: string) => Buffer.from(encrypted, 'base64url').toString('utf8'),
  };
  return { keygen: issuersOf(keys), vault };
}
