import type { LicenceRow } from '@/db/keygen/keygen-keys';
import { readLicence } from '@/db/keygen/keygen-keys';
import { refuseEntitlement } from '@/lib/licensing/entitlements/check-entitlement';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import type { ActingContext } from '../context';
import type { Keys } from '../keys/keyring';
import type { Result } from '../operation';
import { done, refuse } from '../operation';

/** An entitlement with its licence key in plain text. */
export interface OpenedLicence extends LicenceRow {
  readonly key: string;
  readonly keys: Keys;
}

/** Reads an entitlement and decrypts its licence key. @returns not-found, keygen-key-missing */
export async function openLicence(context: ActingContext, entitlementId: string): Promise<Result<OpenedLicence>> {
  const licence = await readLicence(context.db, { scope: scopeOf(context.actor), entitlementId, now: context.now });
  if (licence === null) return refuse(reject('not-found'));
  if (licence.state.key === null) return refuse(reject('keygen-key-missing'));
  const keys = await context.keyring.current();
  return done({ ...licence, keys, key: await keys.vault.decrypt(licence.state.key.keySealed) });
}

/** Checks whether a file can be made of a licence now. @returns the rejection; null when it can */
export function refuseFile({ entitlement, state, now }: LicenceRow): Rejection | null {
  if (state.key !== null && state.key.withdrawnAt !== null) return reject('activation-code-withdrawn');
  return refuseEntitlement({ entitlement, usage: entitlement.usage, now });
}
