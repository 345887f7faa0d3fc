import { KEYGEN_AUDIT_ACTIONS } from '../keygen/audit-actions';
import { LICENSESPRING_AUDIT_ACTIONS } from '../licensespring/audit-actions';
import type { DialectAuditActions } from './dialect-audit-actions';
import type { DialectId } from './dialect-id';

const BY_DIALECT = {
  native: { leases: [], entitlements: [], vendor: [] },
  keygen: KEYGEN_AUDIT_ACTIONS,
  licensespring: LICENSESPRING_AUDIT_ACTIONS,
} as const satisfies Record<DialectId, DialectAuditActions>;

const { native, keygen, licensespring } = BY_DIALECT;

/** Audit actions of the dialects, by kind. */
export const DIALECT_AUDIT_ACTIONS = {
  leases: [...native.leases, ...keygen.leases, ...licensespring.leases],
  entitlements: [...native.entitlements, ...keygen.entitlements, ...licensespring.entitlements],
  vendor: [...native.vendor, ...keygen.vendor, ...licensespring.vendor],
} as const satisfies DialectAuditActions;

/** The audit action for a refused command whose name begins with the name of a dialect. Left out: that of the vendor. */
export const DIALECT_REFUSED_ACTIONS = { keygen: 'entitlement.act-refused' } as const satisfies Partial<
  Record<DialectId, string>
>;
