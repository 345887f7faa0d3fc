import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { issuersFromJson, issuersJson } from '../keygen/keygen-issuers';

/** SQL and schema of each dialect's own keys, read together with the vendor's. Null: it has none, or reads them when they are first needed. */
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
