import type { DialectAuditActions } from '../dialects/dialect-audit-actions';

export const KEYGEN_AUDIT_ACTIONS = {
  leases: ['keygen.proof-issued'],
  entitlements: ['keygen.key-made', 'keygen.license-file-issued'],
  vendor: ['keygen.keys-created', 'keygen.keys-rotated'],
} as const satisfies DialectAuditActions;
