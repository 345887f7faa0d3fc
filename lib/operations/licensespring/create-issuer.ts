import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { readKeys } from '@/db/keys/read-keys';
import { insertIssuer, readLicenseSpring } from '@/db/licensespring/licensespring-issuer';
import { reject } from '@/lib/licensing/refusals/rejection';
import { instantOf, operatorAudit } from '../audit/operator-audit';
import { defineOperation, done, refuse } from '../operation';
import { makeClient, makeIssuer } from './issuer-secrets';

/** Nine digits: collisions with other companies are unlikely, and the number can be typed. */
const COMPANY_IDS = { from: 100_000_000, below: 1_000_000_000 };

/**
 * Creates the issuer of the LicenseSpring dialect: an RSA key pair, an api key with its shared key, and an OAuth client. There is only one:
 * applications are built with these keys, so they are never replaced.
 */
export const createIssuer = defineOperation({
  name: 'licensespring.create-issuer',
  kind: 'command',
  permission: 'installation:manage',
  input: z.strictObject({ companyId: z.int().min(1).nullable().default(null) }),
  async run(input, context) {
    const { db, keyring } = context;
    const { vendor } = await readKeys(db);
    if (vendor === null) return refuse(reject('vendor-missing'));
    const exists = refuse(reject('licensespring-issuer-exists'));
    if ((await readLicenseSpring(db)).issuer !== null) return exists;

    const createdAt = await instantOf(context);
    const companyId = input.companyId ?? randomInt(COMPANY_IDS.from, COMPANY_IDS.below);
    const common = { label: '', productCodes: null, createdAt };
    const { masterKey } = keyring;
    const [issuer, apiKey, oauth] = await Promise.all([
      makeIssuer(masterKey, { vendorId: vendor.id, companyId, createdAt }),
      makeClient(masterKey, { ...common, kind: 'api-key' }),
      makeClient(masterKey, { ...common, kind: 'oauth' }),
    ]);
    const detail = { companyId, kid: issuer.kid, apiKey: apiKey.stored.id, clientId: oauth.stored.id };
    const outcome = await insertIssuer(db, {
      issuer,
      clients: [apiKey.stored, oauth.stored],
      audit: operatorAudit(context, { at: createdAt, action: 'licensespring.issuer-created', detail }),
    });
    if (outcome === 'exists') return exists;
    return done(detail);
  },
});
