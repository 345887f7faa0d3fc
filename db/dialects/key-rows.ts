import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { issuersFromJson, issuersJson } from '../keygen/keygen-issuers';

/** What is read of each dialect's own keys along with the vendor's, and how it is parsed. Null: nothing, or it is read when it is first needed. */
const ROWS = {
  native: { json: sql`null`, fromJson: z.null() },
  keygen: { json: issuersJson, fromJson: issuersFromJson },
  licensespring: { json: sql`null`, fromJson: z.null() },
} as const satisfies Record<DialectId, { json: SQL; fromJson: z.ZodType }>;

/** JSON of the keys of all dialects, by dialect, as {@link dialectKeyRowsFromJson} reads it. */
export const dialectKeyRowsJson = sql`jsonb_build_object('native', ${ROWS.native.json}, 'keygen', ${ROWS.keygen.json},
  'licensespring', ${ROWS.licensespring.json})`;

export const dialectKeyRowsFromJson = z.object({
  native: ROWS.native.fromJson,
  keygen: ROWS.keygen.fromJson,
  licensespring: ROWS.licensespring.fromJson,
});
