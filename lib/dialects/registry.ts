import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { DialectOutline } from './dialect';
import { keygenDialect } from './keygen/dialect';
import { licenseSpringDialect } from './licensespring/dialect';
import { nativeDialect } from './native/dialect';

/**
 * Every family of wire formats that the portal speaks, in the order in which they look at a file: the native one takes every compact token for
 * its own, so others look first.
 */
export const DIALECTS = {
  keygen: keygenDialect,
  licensespring: licenseSpringDialect,
  native: nativeDialect,
} satisfies Record<DialectId, DialectOutline>;
