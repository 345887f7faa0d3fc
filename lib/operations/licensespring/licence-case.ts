import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import type { LicenceCase } from '@/db/licensespring/licensespring-case';
import { readLicenceCase } from '@/db/licensespring/licensespring-case';
import type { ActingContext } from '../context';

/** By the entitlement as it was read: what is decided and what is answered are found in one reading. */
const cases = new WeakMap<EntitlementRow, Promise<LicenceCase>>();

/** What stands beside an entitlement, read once for each time that the entitlement is. */
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
