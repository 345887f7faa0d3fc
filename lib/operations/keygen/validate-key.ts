import { z } from 'zod';
import { readClock } from '@/db/clock';
import type { LicenceByKey } from '@/db/keygen/keygen-machines';
import { readLicenceByKey } from '@/db/keygen/keygen-machines';
import type { KeygenIssuer } from '@/lib/dialects/keygen/issuer';
import type { LicenceFacts } from '@/lib/dialects/keygen/licence-details';
import { fingerprintDigest } from '@/lib/dialects/keygen/open';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { reject } from '@/lib/licensing/refusals/rejection';
import { activationStateAt } from '@/lib/licensing/seats/activation';
import { countMiss } from '../limits/budget';
import { defineOperation, done, refuse } from '../operation';
import type { KeygenPolicy } from './keygen-policy';
import { policyOf } from './keygen-policy';
import { keygenKeys } from './keys';
import { licenceOf } from './licence-facts';

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
function validate(found: LicenceByKey, scope: ValidationScope, policy: KeygenPolicy): ValidationCode {
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
function fingerprintOf({ fingerprint, fingerprints = [] }: ValidationScope): string | undefined {
  return fingerprint ?? fingerprints[0];
}

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
