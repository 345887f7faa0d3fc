import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';

/** The API of a dialect. */
interface ApiAddress {
  /** Paths of this API. */
  readonly paths: RegExp;
  /** Code that refuses a method the address does not support. */
  readonly methodRefused: RejectionCode;
}

/** The addresses of each dialect's API; null for a dialect whose software does not call. */
export const API_ADDRESSES: Readonly<Record<DialectId, ApiAddress | null>> = {
  native: null,
  keygen: { paths: /^\/v1(?:\/|$)/, methodRefused: 'keygen-method-refused' },
  // `/api/auth` belongs to the pages: forms for signing in.
  licensespring: { paths: /^\/api(?:\/(?!auth\/)|$)/, methodRefused: 'call-method-refused' },
};
