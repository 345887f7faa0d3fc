import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { keygenPolicyFromJson, keygenPolicyJson } from '../keygen/keygen-policies';

/** JSON of the terms of an offering `o` for single dialects, by dialect. */
export const offeringTermsJson: SQL = sql`jsonb_build_object('keygen', ${keygenPolicyJson})`;

/** Schema of {@link offeringTermsJson}; a member is null if the offering has no terms for the dialect. */
export const offeringTermsFromJson = { keygen: keygenPolicyFromJson.nullable() } satisfies Partial<Record<DialectId, object>>;
