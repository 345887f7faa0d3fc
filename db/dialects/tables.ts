import type { DialectId } from '@/lib/licensing/dialects/dialect-id';

/** Tables of one dialect that need triggers. */
interface DialectTables {
  /** Their rows never change. */
  readonly appendOnly: readonly string[];
  /** Keys are read from them: a change to them counts as a change of keys. */
  readonly keys: readonly string[];
}

const TABLES: Readonly<Record<DialectId, DialectTables>> = {
  native: { appendOnly: [], keys: [] },
  keygen: { appendOnly: ['keygen_keys'], keys: ['keygen_issuers'] },
  // The lowest schema version of its requests is read with the keys.
  licensespring: { appendOnly: [], keys: ['licensespring_issuer', 'licensespring_clients', 'products'] },
};

export const DIALECT_APPEND_ONLY = Object.values(TABLES).flatMap(({ appendOnly }) => appendOnly);

export const DIALECT_KEY_TABLES = Object.values(TABLES).flatMap(({ keys }) => keys);
