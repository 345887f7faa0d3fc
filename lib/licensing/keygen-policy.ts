/** Shapes of a licence key that Keygen clients verify; `NONE`: a plain key, which says nothing. */
export const KEYGEN_SCHEMES = [
  'ED25519_SIGN',
  'RSA_2048_PKCS1_PSS_SIGN_V2',
  'RSA_2048_PKCS1_SIGN_V2',
  'ECDSA_P256_SIGN',
  'RSA_2048_PKCS1_PSS_SIGN',
  'RSA_2048_PKCS1_SIGN',
  'RSA_2048_PKCS1_ENCRYPT',
  'RSA_2048_JWT_RS256',
  'NONE',
] as const;
export type KeygenScheme = (typeof KEYGEN_SCHEMES)[number];

/** How licence and machine files are signed. */
export const KEYGEN_ALGORITHMS = ['ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256'] as const;
export type KeygenAlgorithm = (typeof KEYGEN_ALGORITHMS)[number];

/** What a licence file can bring along. */
export const LICENSE_INCLUDES = ['entitlements', 'environment', 'product', 'policy', 'group', 'owner', 'users'] as const;
export type LicenseInclude = (typeof LICENSE_INCLUDES)[number];

/** What a machine file can bring along. */
export const MACHINE_INCLUDES = [
  'license',
  'license.entitlements',
  'license.product',
  'license.policy',
  'license.owner',
  'license.users',
  'components',
  'environment',
  'group',
  'owner',
] as const;
export type MachineInclude = (typeof MACHINE_INCLUDES)[number];

/** Among which machines a fingerprint may be activated once only. */
export const FINGERPRINT_RANGES = ['licence', 'product', 'vendor'] as const;
export type FingerprintRange = (typeof FINGERPRINT_RANGES)[number];

/** The shortest and the longest time a file may be asked to last, in seconds: an hour, and a hundred years. */
export const LEAST_TTL_SECONDS = 3600;
export const GREATEST_TTL_SECONDS = 3_155_695_200;
/** A month, which files last unless somebody says otherwise. */
export const USUAL_TTL_SECONDS = 2_629_746;

/** How an offering is served to software built for Keygen. */
export interface KeygenPolicy {
  readonly scheme: KeygenScheme;
  /** Null: as long as the lease rule of the entitlement lets. */
  readonly ttlSeconds: number | null;
  readonly algorithm: KeygenAlgorithm;
  readonly encrypted: boolean;
  readonly licenseIncludes: readonly LicenseInclude[];
  readonly machineIncludes: readonly MachineInclude[];
  /** What keys say instead of the default dataset; null for that. */
  readonly keyTemplate: string | null;
  /** What activation proofs say instead of the default dataset; null for that. */
  readonly proofTemplate: string | null;
  readonly fingerprintUniqueIn: FingerprintRange;
  /** A key is only called valid for a fingerprint. */
  readonly needsFingerprint: boolean;
  /** The unsigned text that a device shows is taken from whoever brings it, without signing in. */
  readonly guests: boolean;
}

/** What all published clients read: the policy of an offering that names none. */
export const USUAL_POLICY: KeygenPolicy = {
  scheme: 'ED25519_SIGN',
  ttlSeconds: USUAL_TTL_SECONDS,
  algorithm: 'ed25519',
  encrypted: true,
  licenseIncludes: ['entitlements', 'product', 'policy'],
  machineIncludes: ['license', 'license.entitlements'],
  keyTemplate: null,
  proofTemplate: null,
  fingerprintUniqueIn: 'licence',
  needsFingerprint: false,
  guests: false,
};
