import { randomUUID } from 'node:crypto';
import type { NewKeygenKey } from '@/db/keygen/keygen-keys';
import { keygenKeyWrites } from '@/db/keygen/keygen-keys';
import { DialectError } from '@/lib/dialects/dialect';
import type { LicenceValues } from '@/lib/dialects/keygen/licence-values';
import { makeLicenceKey } from '@/lib/dialects/keygen/make-licence-key';
import type { KeyScheme } from '@/lib/dialects/keygen/scheme';
import { endOfCode } from '@/lib/licensing/exchange/end-of-code';
import { reject } from '@/lib/licensing/refusals/rejection';
import type { ActingContext } from '../context';
import type { MadeCode, NewEntitlementCase } from '../dialects/hooks';
import type { Result } from '../operation';
import { done, refuse } from '../operation';
import { keygenPolicy } from './keygen-policy';
import { keygenKeys } from './keys';
import { secondsOf } from './licence-values';

interface NewKey {
  readonly customerId: string;
  /** Null for a plain key. */
  readonly scheme: KeyScheme | null;
  /** Null for the default dataset. */
  readonly template: string | null;
  readonly values: LicenceValues;
  readonly at: Date;
}

/**
 * Makes the licence key of an entitlement: the key, and the rows that store it.
 *
 * @returns `keygen-keys-missing` before the first issuer is created; the rejections of the template
 */
export async function makeKey(
  { keyring }: ActingContext,
  { customerId, scheme, template, values, at }: NewKey,
): Promise<Result<{ readonly key: string; readonly stored: NewKeygenKey }>> {
  const keys = await keyring.current();
  const issuer = await keygenKeys(keys).inUse();
  if (issuer === null) return refuse(reject('keygen-keys-missing'));
  const content = template === null ? ({ kind: 'default' } as const) : ({ kind: 'template', text: template } as const);
  try {
    const key = await makeLicenceKey({ scheme, content, values, issuer });
    const code = {
      id: randomUUID(),
      customerId,
      entitlementIds: [values.id] as const,
      digest: await keys.digestCode(key, 'keygen-key'),
      lastFour: endOfCode(key),
      createdAt: at,
    };
    const keySealed = await keys.vault.encrypt(key);
    const row = {
      entitlementId: values.id,
      customerId,
      codeId: code.id,
      issuerKid: issuer.kid,
      scheme,
      keySealed,
      createdAt: at,
    };
    return done({ key, stored: { code, key: row } });
  } catch (error) {
    if (error instanceof DialectError) return refuse(error.rejection);
    throw error;
  }
}

/** Makes the licence key of a new entitlement; null when its offering does not make keys. */
export async function makeKeyOfOffering(context: ActingContext, of: NewEntitlementCase): Promise<Result<MadeCode> | null> {
  const { offering, id, customerId, term, at } = of;
  if (offering.keygen === null) return null;
  const { scheme, keyTemplate: template, makesKeys } = keygenPolicy.parse(offering.keygen);
  if (!makesKeys) return null;
  const values = {
    id,
    productId: offering.productId,
    policyId: offering.id,
    durationSeconds: secondsOf(offering.termLength),
    user: null,
    createdAt: at,
    expiresAt: term.endsAt,
  };
  const made = await makeKey(context, { customerId, scheme, template, values, at });
  return made.ok ? done({ text: made.value.key, writes: keygenKeyWrites(context.db, made.value.stored) }) : made;
}
