import { z } from 'zod';
import type { LicenceByKey } from '@/db/keygen/keygen-machines';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import type { KeygenPolicy } from './keygen-policy';

/** The scope that a key is validated for. Members of Keygen's scope that this portal does not support are ignored. */
export const validationScope = z.object({
  product: z.string().max(200).optional(),
  policy: z.string().max(200).optional(),
  machine: z.string().max(200).optional(),
  fingerprint: z.string().max(4096).optional(),
  fingerprints: z.array(z.string().max(4096)).max(100).optional(),
  entitlements: z.array(z.string().max(200)).max(100).optional(),
});

export type ValidationScope = z.output<typeof validationScope>;

/** The results of a validation (docs/formats/keygen.md, signed responses). */
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

/** Validates a licence for a scope at the moment it was read. */
export function validate(found: LicenceByKey, scope: ValidationScope, policy: KeygenPolicy): ValidationCode {
  return checkLicence(found) ?? checkNames(found, scope) ?? checkMachines(found, scope, policy) ?? 'VALID';
}

function checkLicence({ entitlement, now }: LicenceByKey): ValidationCode | null {
  switch (entitlementStateAt(entitlement, now)) {
    case 'disabled':
    // Keygen has no code for a term that has not begun.
    case 'scheduled':
      return 'SUSPENDED';
    case 'expired':
      return 'EXPIRED';
    case 'active':
    case 'grace':
      return null;
  }
}

function checkNames({ entitlement, state }: LicenceByKey, scope: ValidationScope): ValidationCode | null {
  const { product, policy, entitlements = [] } = scope;
  if (product !== undefined && product !== state.product.id && product !== entitlement.productCode) {
    return 'PRODUCT_SCOPE_MISMATCH';
  }
  if (policy !== undefined && policy !== state.offering.id) return 'POLICY_SCOPE_MISMATCH';
  const codes = new Set(entitlement.features.flatMap((each) => (each.kind === 'on-off' && !each.enabled ? [] : [each.code])));
  return entitlements.every((code) => codes.has(code)) ? null : 'ENTITLEMENTS_MISSING';
}

function checkMachines(found: LicenceByKey, scope: ValidationScope, policy: KeygenPolicy): ValidationCode | null {
  const { entitlement, machine, now } = found;
  const asked = fingerprintOf(scope);
  if (asked === undefined && policy.needsFingerprint) return 'FINGERPRINT_SCOPE_REQUIRED';
  if (entitlement.seatsHeld === 0) return entitlement.seats > 1 ? 'NO_MACHINES' : 'NO_MACHINE';
  const isHeld = machine !== null && activationStateAt(machine, now) === 'active';
  if (asked !== undefined && !isHeld) return 'FINGERPRINT_SCOPE_MISMATCH';
  if (scope.machine !== undefined && machine?.id !== scope.machine) return 'MACHINE_SCOPE_MISMATCH';
  return entitlement.seatsHeld > entitlement.seatsCap ? 'TOO_MANY_MACHINES' : null;
}

/** The fingerprint of a scope. Of several, the first: a machine of this portal has one. */
export function fingerprintOf({ fingerprint, fingerprints = [] }: ValidationScope): string | undefined {
  return fingerprint ?? fingerprints[0];
}
