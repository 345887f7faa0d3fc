import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Role } from '../actor';
import { KEYGEN_GRANTS } from '../keygen/grants';

const BY_DIALECT = {
  native: {},
  keygen: KEYGEN_GRANTS,
  licensespring: {},
} as const satisfies Record<DialectId, Readonly<Record<string, readonly Role[]>>>;

/** Permissions of single dialects, and the roles that have them. */
export const DIALECT_GRANTS = { ...BY_DIALECT.native, ...BY_DIALECT.keygen, ...BY_DIALECT.licensespring } as const;
