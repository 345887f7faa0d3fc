/** Audit actions of one dialect, by kind. */
export interface DialectAuditActions {
  readonly leases: readonly string[];
  readonly entitlements: readonly string[];
  readonly vendor: readonly string[];
}
