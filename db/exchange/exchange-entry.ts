import type { auditEntries, exchanges } from '../schema/exchanges';

/** A row of `exchanges` before it is written. What is left out becomes null, or the default of its column. Its bytes are encrypted. */
export type ExchangeEntry = Readonly<typeof exchanges.$inferInsert> & {
  readonly id: string;
  readonly customerId: string | null;
  readonly userId: string | null;
};

/** A row of `audit_entries` before it is written. */
export type AuditEntry = Readonly<typeof auditEntries.$inferInsert> & {
  readonly customerId: string | null;
  readonly userId: string | null;
};
