import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insertVendor } from '@/db/keys/manage-keys';
import { readKeys } from '@/db/keys/read-keys';
import { reject } from '@/lib/licensing/refusals/rejection';
import { boundedText } from '@/lib/signing/bounded-text';
import { publicJwkOf, thumbprintOf } from '@/lib/signing/jwk';
import { instantOf, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { line } from '../operator-input';
import { makeExchangeKey, makeSigningKey } from './make-vendor-key';
import { rootPrivateJwk } from './root-key';

/**
 * Makes the vendor of this installation: its first signing key, certified by the root, its exchange key and the key of its activation
 * codes. The caller makes the root key and writes its file beforehand, so that a crash cannot lose it; only its public half is stored.
 * All keys are on the root's curve.
 */
export const initVendor = defineOperation({
  name: 'vendor.init',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({
    name: line(200),
    supportContact: line(200),
    accent: boundedText(7).regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as #0f6b5c'),
    rootPrivateJwk,
  }),
  async run({ rootPrivateJwk: privateJwk, ...vendor }, context) {
    const { db, keyring } = context;
    const found = await readKeys(db);
    if (found.vendor !== null) return refuse(reject('vendor-exists', { name: found.vendor.name }));

    const at = await instantOf(context);
    const id = randomUUID();
    const { masterKey } = keyring;
    const rootJwk = publicJwkOf(privateJwk);
    const signingKey = await makeSigningKey(masterKey, { root: { vendorId: id, privateJwk, publicJwk: rootJwk }, at });
    const exchangeKey = await makeExchangeKey(masterKey, { curve: rootJwk.crv === 'P-256' ? 'P-256' : 'X25519', at });
    const codeKeySealed = await masterKey.wrap(randomBytes(32), { purpose: 'code-key', kid: id });
    const rootKid = await thumbprintOf(rootJwk);
    const detail = { id, name: vendor.name, rootKid, signingKid: signingKey.kid, exchangeKid: exchangeKey.kid };
    const outcome = await insertVendor(db, {
      vendor: { ...vendor, id, rootJwk, codeKeySealed, createdAt: at },
      signingKey,
      exchangeKey,
      audit: operatorAudit(context, { at, action: 'vendor.created', detail }),
    });
    if (outcome === 'exists') return refuse(reject('vendor-exists', { name: vendor.name }));
    return done(detail);
  },
});
