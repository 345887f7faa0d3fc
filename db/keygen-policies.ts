import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { KeygenPolicy } from '@/lib/licensing/keygen-policy';
import {
  FINGERPRINT_RANGES,
  KEYGEN_ALGORITHMS,
  KEYGEN_SCHEMES,
  LICENSE_INCLUDES,
  MACHINE_INCLUDES,
} from '@/lib/licensing/keygen-policy';

/** JSON of the policy of the offering `o`, as {@link keygenPolicyFromJson} reads it; null where it has none. */
export const keygenPolicyJson = sql`(select jsonb_build_object('scheme', kp.scheme, 'ttlSeconds', kp.ttl_seconds, 'algorithm', kp.algorithm,
  'encrypted', kp.encrypted, 'licenseIncludes', kp.license_includes, 'machineIncludes', kp.machine_includes,
  'keyTemplate', kp.key_template, 'proofTemplate', kp.proof_template, 'fingerprintUniqueIn', kp.fingerprint_unique_in,
  'needsFingerprint', kp.needs_fingerprint, 'guests', kp.guests) from keygen_policies kp where kp.offering_id = o.id)`;

export const keygenPolicyFromJson = z.object({
  scheme: z.enum(KEYGEN_SCHEMES),
  ttlSeconds: z.int().nullable(),
  algorithm: z.enum(KEYGEN_ALGORITHMS),
  encrypted: z.boolean(),
  licenseIncludes: z.array(z.enum(LICENSE_INCLUDES)),
  machineIncludes: z.array(z.enum(MACHINE_INCLUDES)),
  keyTemplate: z.string().nullable(),
  proofTemplate: z.string().nullable(),
  fingerprintUniqueIn: z.enum(FINGERPRINT_RANGES),
  needsFingerprint: z.boolean(),
  guests: z.boolean(),
}) satisfies z.ZodType<KeygenPolicy>;
