import { z } from 'zod';
import type { LicenceByKey } from '@/db/keygen/keygen-machines';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import type { KeygenPolicy } from './keygen-policy';

/** What a key is asked to be valid for. Members that clients know and this portal has nothing for count as not asked. */
export const validationScope = z.object({
  product: z.string().max(200).optional(),
  policy: z.string().max(200).optional(),
  machine: z.string().max(200).optional(),
  fingerprint: z.string().max(4096).optional(),
  fingerprints: z.array(z.string().max(4096)).max(100).optional(),
  entitlements: z.array(z.string().max(200)).max(100).optional(),
});

export type ValidationScope = z.output<typeof validationScope>;

/** What clients are told about a key (docs/formats/keygen.md, signed responses). */
export const VALIDATION_CODES = [
  'VALID',
  'NOT_FOUND',
  'SUSPENDED',
  'EXPIRED',
  'PRODUCT_SCOPE_MISMATCH',
  'POLICY_SCOPE_MISMATCH',
  'MACHINE_SCOPE_MISMATCH',
  'FINGERPRINT_SCOPE_REQUIRED',
  'FINGERPRINT_SCOPE_MISMATCH',
  'NO_MACHINE',
  'NO_MACHINES',
  'TOO_MANY_MACHINES',
  'ENTITLEMENTS_MISSING',
] as const;
export type ValidationCode = (typeof VALIDATION_CODES)[number];

/** Says what a licence is worth at this moment, for what is asked. */
export function validate(found: LicenceByKey, scope: ValidationScope, policy: KeygenPolicy): ValidationCode {
  return ofLicence(found) ?? ofNames(found, scope) ?? ofMachines(found, scope, policy) ?? 'VALID';
}

function ofLicence({ entitlement, now }: LicenceByKey): ValidationCode | null {
  switch (entitlementStateAt(entitlement, now)) {
    case 'disabled':
    // Its term has not begun: there is no word for that, and it is as little use.
    case 'scheduled':
      return 'SUSPENDED';
    case 'expired':
      return 'EXPIRED';
    case 'active':
    case 'grace':
      return null;
  }
}

function ofNames({ entitlement, state }: LicenceByKey, scope: ValidationScope): ValidationCode | null {
  const { product, policy, entitlements = [] } = scope;
  if (product !== undefined && product !== state.product.id && product !== entitlement.productCode) {
    return 'PRODUCT_SCOPE_MISMATCH';
  }
  if (policy !== undefined && policy !== state.offering.id) return 'POLICY_SCOPE_MISMATCH';
  const codes = new Set(entitlement.features.flatMap((each) => (each.kind === 'on-off' && !each.enabled ? [] : [each.code])));
  return entitlements.every((code) => codes.has(code)) ? null : 'ENTITLEMENTS_MISSING';
}

function ofMachines(found: LicenceByKey, scope: ValidationScope, policy: KeygenPolicy): ValidationCode | null {
  const { entitlement, machine, now } = found;
  const asked = fingerprintOf(scope);
  if (asked === undefined && policy.needsFingerprint) return 'FINGERPRINT_SCOPE_REQUIRED';
  if (entitlement.seatsHeld === 0) return entitlement.seats > 1 ? 'NO_MACHINES' : 'NO_MACHINE';
  const isHeld = machine !== null && activationStateAt(machine, now) === 'active';
  if (asked !== undefined && !isHeld) return 'FINGERPRINT_SCOPE_MISMATCH';
  if (scope.machine !== undefined && machine?.id !== scope.machine) return 'MACHINE_SCOPE_MISMATCH';
  return entitlement.seatsHeld > entitlement.seatsCap ? 'TOO_MANY_MACHINES' : null;
}

/** The fingerprint that is asked about. Of several, the first: a machine of this portal has one. */
export function fingerprintOf({ fingerprint, fingerprints = [] }: ValidationScope): string | undefined {
  return fingerprint ?? fingerprints[0];
}
