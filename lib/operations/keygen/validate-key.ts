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

/** What a key is worth, and what the answer is signed with. */
export interface Validated {
  readonly issuer: KeygenIssuer;
  readonly now: Date;
  readonly code: ValidationCode;
  /** Null when the key names none. */
  readonly licence: LicenceFacts | null;
}

/**
 * Says what a licence key is worth at this moment: of the real state of its entitlement, and of the seats that are really held. Changes nothing.
 *
 * @returns a key that names no licence is an answer (`NOT_FOUND`), no refusal; `keygen-keys-missing` before the portal can sign anything;
 *   `too-many-attempts` for whoever asks about such keys on and on
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
