import { z } from 'zod';
import { readClock } from '@/db/clock';
import { readLicenceByKey } from '@/db/keygen/keygen-machines';
import type { KeygenIssuer } from '@/lib/dialects/keygen/issuer';
import type { LicenceFacts } from '@/lib/dialects/keygen/licence-details';
import { fingerprintDigest } from '@/lib/dialects/keygen/open';
import { reject } from '@/lib/licensing/refusals/rejection';
import { countMiss } from '../limits/budget';
import { defineOperation, done, refuse } from '../operation';
import { policyOf } from './keygen-policy';
import { keygenKeys } from './keys';
import { licenceOf } from './licence-facts';
import type { ValidationCode } from './validation';
import { fingerprintOf, validate, validationScope } from './validation';

/** The validation of a key, and the issuer that signs the HTTP response. */
export interface Validated {
  readonly issuer: KeygenIssuer;
  readonly now: Date;
  readonly code: ValidationCode;
  /** Null when the key names no licence. */
  readonly licence: LicenceFacts | null;
}

/**
 * Validates a licence key against the present state of its entitlement and seats.
 *
 * @returns `NOT_FOUND` as a result, not a refusal, for a key that names no licence; `keygen-keys-missing` before the first issuer is created;
 *   `too-many-attempts` after too many unknown keys
 */
export const validateKey = defineOperation({
  name: 'keygen.validate',
  kind: 'query',
  permission: 'application:exchange',
  input: z.compile(z.object({ key: z.string().max(8192), scope: validationScope.default({}) })),
  async run({ key, scope }, context) {
    const { db, keyring, now } = context;
    const keys = await keyring.current();
    const issuer = await keygenKeys(keys).inUse();
    if (issuer === null) return refuse(reject('keygen-keys-missing'));
    const asked = fingerprintOf(scope);
    const found = await readLicenceByKey(db, {
      digest: await keys.digestCode(key, 'keygen-key'),
      fingerprint: asked === undefined ? null : fingerprintDigest(asked),
      now,
    });
    if (found === null) {
      const heldBack = await countMiss(context);
      if (heldBack !== null) return refuse(heldBack);
      return done<Validated>({ issuer, now: now ?? (await readClock(db)), code: 'NOT_FOUND', licence: null });
    }
    const code = validate(found, scope, policyOf(found.state));
    return done<Validated>({ issuer, now: found.now, code, licence: licenceOf(found, key) });
  },
});
