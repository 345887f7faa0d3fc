import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBadRequests } from './bad-requests';
import { makeGoodRequests } from './good-requests';
import { makeReplies } from './make-replies';
import type { VectorKeys } from './vector';

/*
 * Writes docs/formats/licensespring-vectors. Keys that are there are kept, so the files come out the same.
 * Run with: npx tsx lib/dialects/licensespring/testing/write-vectors.ts
 */
const folder = join(import.meta.dirname, '../../../../docs/formats/licensespring-vectors');

function write(name: string, value: object): void {
  writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
}

function makeKeys(): VectorKeys {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 4096,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    warning: 'Test keys. Their secret parts are published here: never trust them, never use them.',
    vendor_id: 'acme-motion',
    company_id: 204_117,
    api_key: '5b0d9c1e-1f2a-4a57-9a0e-6f1c2b3d4e5f',
    shared_key: 'Shared key of the vectors, published, ÄÖÜ',
    client_id: 'acme-motion-oauth',
    client_secret: 'Client secret of the vectors, published',
    api_key_of_other: '6c1e0d2f-2a3b-4b68-8b1f-7a2d3c4e5f60',
    shared_key_of_other: 'Shared key for another product, published',
    private_key_pem: privateKey,
    public_key_pem: publicKey,
  };
}

mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, 'keys.json'))) write('keys.json', makeKeys());
const keys: VectorKeys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8'));
write('requests-good.json', { vectors: makeGoodRequests(keys) });
write('requests-bad.json', { vectors: makeBadRequests(keys) });
write('replies.json', { vectors: await makeReplies(keys) });
