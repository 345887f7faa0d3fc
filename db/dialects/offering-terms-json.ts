import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { keygenPolicyFromJson, keygenPolicyJson } from '../keygen/keygen-policies';

/** JSON of terms that an offering `o` has for single dialects, by the names of their members. */
export const offeringTermsJson: SQL = sql`jsonb_build_object('keygen', ${keygenPolicyJson})`;

/** What reads {@link offeringTermsJson}; null for an offering that has none for the dialect. */
export const offeringTermsFromJson = { keygen: keygenPolicyFromJson.nullable() } satisfies Partial<Record<DialectId, object>>;
