import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import { KEYGEN_LIMITS } from '../keygen/limits';
import { LICENSESPRING_LIMITS } from '../licensespring/limits';
import type { Limit } from '../limits/limits';

const BY_DIALECT = {
  native: {},
  keygen: KEYGEN_LIMITS,
  licensespring: LICENSESPRING_LIMITS,
} as const satisfies Record<DialectId, Readonly<Record<string, Limit>>>;

/** Call limits of single dialects. */
export const DIALECT_LIMITS = { ...BY_DIALECT.native, ...BY_DIALECT.keygen, ...BY_DIALECT.licensespring } as const;
