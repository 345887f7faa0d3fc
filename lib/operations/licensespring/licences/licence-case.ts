import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { LicenceCase } from '@/db/licensespring/licensespring-case';
import { readLicenceCase } from '@/db/licensespring/licensespring-case';
import type { ActingContext } from '../../context';

/** Keyed by the row of the entitlement, so that decision and answer see one state. */
const cases = new WeakMap<EntitlementRow, Promise<LicenceCase>>();

/** Reads the licence, user and history of an entitlement, once for each row of the entitlement. */
export function licenceCaseOf(
  { db }: ActingContext,
  input: { entitlement: EntitlementRow; username: string | null; deviceKey: string },
): Promise<LicenceCase> {
  const { entitlement, username, deviceKey } = input;
  const known = cases.get(entitlement);
  if (known !== undefined) return known;
  const read = readLicenceCase(db, { entitlementId: entitlement.id, username, deviceKey });
  cases.set(entitlement, read);
  return read;
}
