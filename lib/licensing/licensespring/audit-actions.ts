import type { DialectAuditActions } from '../dialects/dialect-audit-actions';

export const LICENSESPRING_AUDIT_ACTIONS = {
  leases: [],
  entitlements: ['licensespring.licence-changed'],
  vendor: ['licensespring.issuer-created', 'licensespring.client-created', 'licensespring.client-withdrawn'],
} as const satisfies DialectAuditActions;
