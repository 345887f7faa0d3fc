import { hash } from 'node:crypto';
import type { KeygenState, LicenceRow } from '@/db/keygen/keygen-keys';
import type { LicenceByKey } from '@/db/keygen/keygen-machines';
import type { LicenceFileInput } from '@/lib/dialects/keygen/licence-details';
import type { KeyScheme } from '@/lib/dialects/keygen/scheme';
import type { Feature, TermTerms } from '@/lib/licensing/entitlements/entitlement';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { keyScheme } from './keygen-policy';
import { expiryAt, secondsOf } from './licence-values';

/** A licence has the status `EXPIRING` in its last three days. */
const EXPIRING_MS = 3 * 86_400_000;

type Status = LicenceFileInput['licence']['status'];

function statusAt(entitlement: TermTerms, now: Date): Status {
  switch (entitlementStateAt(entitlement, now)) {
    case 'disabled':
      return 'SUSPENDED';
    case 'expired':
      return 'EXPIRED';
    case 'scheduled':
      return 'INACTIVE';
    case 'active':
    case 'grace': {
      const expiresAt = expiryAt(entitlement, now);
      return expiresAt !== null && expiresAt.getTime() - now.getTime() <= EXPIRING_MS ? 'EXPIRING' : 'ACTIVE';
    }
  }
}

/** Derives a stable id, a UUID of version 8 (RFC 9562), for things that have no id in the portal. */
function idOf(...parts: readonly string[]): string {
  const hex = hash('sha256', parts.join('\n'), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Keygen writes metadata keys in camel case: `post-processors` becomes `postProcessors`. */
function camelCase(name: string): string {
  return name.replace(/[-_.]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function stamps(createdAt: Date) {
  const at = createdAt.toISOString();
  return { created: at, updated: at };
}

function isOn(feature: Feature): boolean {
  return feature.kind === 'counted' || feature.enabled;
}

/** The scheme of the key; null for a plain one. */
export function schemeOf({ key }: Pick<KeygenState, 'key'>): KeyScheme | null {
  return keyScheme.nullable().parse(key?.scheme ?? null);
}

/** The rules of every licence of this portal: strict, because a device needs a seat, and floating when there are several. */
function rulesOf({ entitlement, state }: Pick<LicenceWithoutUsers, 'entitlement' | 'state'>) {
  return { scheme: schemeOf(state), strict: true, floating: entitlement.seats > 1, maxMachines: entitlement.seats };
}

/** Members of a Keygen licence that this portal does not support. */
const UNSUPPORTED = {
  ...{ encrypted: false, protected: false, requireHeartbeat: false, requireCheckIn: false },
  ...{ version: null, maxProcesses: null, maxUsers: null, maxCores: null, maxMemory: null, maxDisk: null, maxUses: null },
  ...{ lastValidated: null, lastCheckIn: null, nextCheckIn: null },
};

/** A licence as it is read, without its users. */
type LicenceWithoutUsers = Pick<LicenceByKey, 'entitlement' | 'now'> & { readonly state: Omit<KeygenState, 'users'> };

/** Describes an entitlement as a Keygen licence. */
export function licenceOf({ entitlement, state, now }: LicenceWithoutUsers, key: string) {
  return {
    id: entitlement.id,
    key,
    name: `${entitlement.productName} ${entitlement.edition}`,
    expiry: expiryAt(entitlement, now)?.toISOString() ?? null,
    status: statusAt(entitlement, now),
    uses: 0,
    suspended: entitlement.disabledAt !== null,
    ...UNSUPPORTED,
    ...rulesOf({ entitlement, state }),
    lastCheckOut: now.toISOString(),
    metadata: Object.fromEntries(Object.entries(entitlement.attributes).map(([term, value]) => [camelCase(term), value])),
    ...stamps(state.createdAt),
    productId: state.product.id,
    policyId: state.offering.id,
    ownerId: null,
  };
}

/** Describes an entitlement as a Keygen licence with its entitlements, product, policy and users, as licence and machine files contain them. */
export function licenceFactsOf(row: LicenceRow, key: string) {
  const { entitlement, state } = row;
  const { users, offering, product } = state;
  const at = stamps(state.createdAt);
  return {
    licence: licenceOf(row, key),
    entitlements: entitlement.features.filter(isOn).map((feature) => ({
      id: idOf(entitlement.id, feature.code),
      name: feature.code,
      code: feature.code,
      metadata: feature.kind === 'counted' ? { limit: feature.limit } : {},
      ...at,
    })),
    product: { id: product.id, name: entitlement.productName, code: entitlement.productCode, ...stamps(product.createdAt) },
    policy: {
      id: offering.id,
      name: entitlement.offeringCode,
      duration: secondsOf(offering.termLength),
      ...rulesOf({ entitlement, state }),
      ...stamps(offering.createdAt),
    },
    owner: null,
    users: users.map((user) => ({ id: user.id, email: user.email, fullName: user.name, ...stamps(user.createdAt) })),
  } satisfies Omit<LicenceFileInput, 'algorithm' | 'ttlSeconds' | 'include'>;
}
