import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';

/** Where the software of a dialect calls. */
interface ApiAddress {
  /** Paths that are its own. */
  readonly paths: RegExp;
  /** What a method is refused with that the address does not take. */
  readonly methodRefused: RejectionCode;
}

/** The addresses of each dialect's API; null for a dialect whose software does not call. */
export const API_ADDRESSES: Readonly<Record<DialectId, ApiAddress | null>> = {
  native: null,
  keygen: { paths: /^\/v1(?:\/|$)/, methodRefused: 'keygen-method-refused' },
  // Signing in is a form of the pages.
  licensespring: { paths: /^\/api(?:\/(?!auth\/)|$)/, methodRefused: 'call-method-refused' },
};
