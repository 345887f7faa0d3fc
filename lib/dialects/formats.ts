import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { DialectOutline } from './dialect';
import { keygenDialect } from './keygen/dialect';
import { licenseSpringDialect } from './licensespring/dialect';
import { nativeDialect } from './native/dialect';

/**
 * All dialects of the portal, in the order in which detection tries them: the native one accepts every compact token, so it is tried last.
 */
export const DIALECTS = {
  keygen: keygenDialect,
  licensespring: licenseSpringDialect,
  native: nativeDialect,
} satisfies Record<DialectId, DialectOutline>;
