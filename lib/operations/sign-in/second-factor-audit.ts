import type { AuditEntry } from '@/db/exchange/exchange-entry';
import type { FactorRow } from '@/db/sign-in/second-factor';

type Holder = Pick<FactorRow, 'userId' | 'email' | 'role' | 'customerId'>;
type What = Pick<AuditEntry, 'at' | 'action' | 'code' | 'detail'>;

/** The audit entry for what a person does with their own second factor. It never holds a secret or a code. */
export function factorAudit({ userId, email, role, customerId }: Holder, what: What): AuditEntry {
  return { ...what, customerId, userId, actor: email, role };
}
