import { sql } from 'drizzle-orm';
import { bigint, boolean, check, foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';
import { auditEntries } from './exchanges';

/** The place of an audit entry in the hash chain of its customer, or of the vendor (docs/formats/audit.md). Append-only. */
export const auditSeals = pgTable(
  'audit_seals',
  {
    /** Id of the customer; `vendor` for entries that are no customer's. */
    chain: text('chain').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    auditId: bigint('audit_id', { mode: 'number' })
      .notNull()
      .unique()
      .references(() => auditEntries.id),
    hash: text('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.sequence] }), check('audit_seals_sequence', sql`${table.sequence} >= 1`)],
);

/** Signed statements that a chain had this hash at this length. Append-only. */
export const auditCheckpoints = pgTable(
  'audit_checkpoints',
  {
    chain: text('chain').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    hash: text('hash').notNull(),
    /** JWS `typ: audit-checkpoint+jwt`. */
    token: text('token').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.sequence] }),
    foreignKey({ columns: [table.chain, table.sequence], foreignColumns: [auditSeals.chain, auditSeals.sequence] }),
  ],
);

/** Where the search for entries without a seal begins. Written by `seal_audit` alone. */
export const auditWatermark = pgTable(
  'audit_watermark',
  {
    onlyRow: boolean('only_row').primaryKey().default(true),
    /** Every entry up to this one had a seal when it was written. */
    sealedUpTo: bigint('sealed_up_to', { mode: 'number' }).notNull(),
  },
  (table) => [check('audit_watermark_only_row', sql`${table.onlyRow}`)],
);
