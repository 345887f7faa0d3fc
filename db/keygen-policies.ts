import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { anyJson } from './any-json';

/** JSON of the policy of the offering `o`; null where it has none. Members as `keygenPolicy` of the operations reads them. */
export const keygenPolicyJson = sql`(select jsonb_build_object('scheme', kp.scheme, 'ttlSeconds', kp.ttl_seconds, 'algorithm', kp.algorithm,
  'encrypted', kp.encrypted, 'licenceIncludes', kp.licence_includes, 'machineIncludes', kp.machine_includes,
  'keyTemplate', kp.key_template, 'proofTemplate', kp.proof_template, 'fingerprintUniqueIn', kp.fingerprint_unique_in,
  'needsFingerprint', kp.needs_fingerprint, 'guests', kp.guests) from keygen_policies kp where kp.offering_id = o.id)`;

/** A policy as it is stored. Which words its members can be is known to the operations. */
export const keygenPolicyFromJson = z.record(z.string(), anyJson);
