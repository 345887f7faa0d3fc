import { z } from 'zod';
import { insertKeygenKey, readLicence } from '@/db/keygen/keygen-keys';
import { KEY_SCHEMES } from '@/lib/dialects/keygen/scheme';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import { operatorAudit } from '../audit/operator-audit';
import type { ActingContext } from '../context';
import type { Result } from '../operation';
import { defineOperation, done, refuse } from '../operation';
import { policyOf } from './keygen-policy';
import { schemeOf } from './licence-facts';
import { licenceValuesOf } from './licence-values';
import { makeKey } from './make-key';
import { openLicence } from './open-licence';

/** A licence key, and whether this call made it. */
export interface IssuedKey {
  readonly key: string;
  /** `none` for a plain key. */
  readonly scheme: string;
  readonly isNew: boolean;
}

/**
 * Returns the licence key of an entitlement, and makes it first where there is none, in the requested scheme or else that of the offering. An
 * existing key never changes.
 *
 * @returns `not-found`; `keygen-scheme-unknown`; `keygen-scheme-differs` when the existing key has another scheme; the errors of `makeKey`
 */
export const issueKey = defineOperation({
  name: 'keygen.issue-key',
  kind: 'command',
  permission: 'keygen-key:make',
  input: z.object({ entitlementId: z.uuid(), scheme: z.string().max(100).optional() }),
  async run({ entitlementId, scheme }, context) {
    const asked = scheme === undefined ? undefined : KEY_SCHEMES.find((name) => name === scheme);
    if (scheme !== undefined && scheme !== 'none' && asked === undefined) {
      return refuse(reject('keygen-scheme-unknown', { found: scheme.slice(0, 60) }));
    }
    const wanted = scheme === undefined ? undefined : (asked ?? null);
    const made = await makeMissingKey(context, { entitlementId, scheme: wanted });
    if (!made.ok) return made;
    const licence = await openLicence(context, entitlementId);
    if (!licence.ok) return licence;
    const found = schemeOf(licence.value.state);
    if (wanted !== undefined && wanted !== found) {
      return refuse(reject('keygen-scheme-differs', { found: found ?? 'none', asked: wanted ?? 'none' }));
    }
    return done<IssuedKey>({ key: licence.value.key, scheme: found ?? 'none', isNew: made.value });
  },
});

/** Makes the key of an entitlement that has none. Of concurrent calls the first one's key is stored. @returns whether it is this one's */
async function makeMissingKey(
  context: ActingContext,
  { entitlementId, scheme }: { entitlementId: string; scheme: (typeof KEY_SCHEMES)[number] | null | undefined },
): Promise<Result<boolean>> {
  const licence = await readLicence(context.db, { scope: scopeOf(context.actor), entitlementId, now: context.now });
  if (licence === null) return refuse(reject('not-found'));
  if (licence.state.key !== null) return done(false);
  const policy = policyOf(licence.state);
  const { customerId } = licence.entitlement;
  const at = licence.now;
  const made = await makeKey(context, {
    customerId,
    scheme: scheme === undefined ? policy.scheme : scheme,
    template: policy.keyTemplate,
    values: licenceValuesOf(licence),
    at,
  });
  if (!made.ok) return made;
  const { code, key } = made.value.stored;
  const detail = { codeId: code.id, lastFour: code.lastFour, scheme: key.scheme ?? 'none' };
  const audit = operatorAudit(context, { at, action: 'keygen.key-made', customerId, entitlementId, detail });
  return done((await insertKeygenKey(context.db, { code, key, audit })) === 'written');
}
