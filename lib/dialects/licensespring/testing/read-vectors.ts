import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LicenseSpringClient, LicenseSpringIssuer, LicenseSpringKeys } from '../issuer';
import type { BadVector, GoodVector, ReplyVector, VectorKeys } from './vector';

const folder = join(import.meta.dirname, '../../../../docs/formats/licensespring-vectors');

function read<Content>(name: string): Content {
  const content: Content = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return content;
}

export function readVectorKeys(): VectorKeys {
  return read<VectorKeys>('keys.json');
}

export function readGoodVectors(): readonly GoodVector[] {
  return read<{ vectors: GoodVector[] }>('requests-good.json').vectors;
}

export function readBadVectors(): readonly BadVector[] {
  return read<{ vectors: BadVector[] }>('requests-bad.json').vectors;
}

/** A vault whose texts stay readable, for tests that compare them. */
export const readableVault = {
  encrypt: async (secret: string) => `sealed ${secret}`,
  decrypt: async (encrypted: string) => encrypted.replace(/^sealed /, ''),
};

export function clientsOf(keys: VectorKeys): readonly LicenseSpringClient[] {
  return [
    { id: keys.api_key, kind: 'api-key', secret: keys.shared_key, products: null },
    { id: keys.client_id, kind: 'oauth', secret: keys.client_secret, products: null },
    { id: keys.api_key_of_other, kind: 'api-key', secret: keys.shared_key_of_other, products: ['other'] },
  ];
}

/** The portal of the vectors: three clients, and a product that takes version 2 only. */
export function portalOfVectors(keys: VectorKeys, clients = clientsOf(keys)): LicenseSpringKeys {
  return {
    vendorId: keys.vendor_id,
    vault: readableVault,
    licenseSpring: {
      client: async (kind, id) => clients.find((client) => client.kind === kind && client.id === id),
      minimumSchema: async (productCode) => (productCode === 'strict' ? 2 : 1),
    },
  };
}

export function issuerOfVectors(keys: VectorKeys): LicenseSpringIssuer {
  return {
    companyId: keys.company_id,
    privateKey: createPrivateKey(keys.private_key_pem),
    publicPem: keys.public_key_pem,
    async secretOf(kind, id) {
      const client = clientsOf(keys).find((candidate) => candidate.kind === kind && candidate.id === id);
      if (client === undefined) throw new Error(`expected a client of the vectors, found ${id}`);
      return client.secret;
    },
  };
}

export function readReplyVectors(): readonly ReplyVector[] {
  return read<{ vectors: ReplyVector[] }>('replies.json').vectors;
}
