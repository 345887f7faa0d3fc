import type { OperationContext } from '../context';
import { keygenPlugin } from '../keygen/plugin';
import { licenseSpringPlugin } from '../licensespring/plugin';
import { nativePlugin } from '../native/plugin';
import type { DialectPlugin, DialectRegistry } from './plugin';

/** The dialects of the product. The native one recognises every compact token, so the others are tried first. */
export const DIALECTS: DialectRegistry = {
  keygen: keygenPlugin,
  licensespring: licenseSpringPlugin,
  native: nativePlugin,
};

/** The dialects, in the order in which they are tried on a file. */
export function dialectsOf({ dialects = DIALECTS }: Pick<OperationContext, 'dialects'>): readonly DialectPlugin[] {
  return Object.values(dialects);
}

/**
 * Finds the dialect of a request or of a stored row.
 *
 * @throws RangeError for a dialect that this version of the portal does not have
 */
export function dialectOf(
  { dialects = DIALECTS }: Pick<OperationContext, 'dialects'>,
  { dialect: id }: { readonly dialect: DialectPlugin['id'] },
): DialectPlugin {
  if (!Object.hasOwn(dialects, id)) throw new RangeError(`expected the name of a dialect, found ${JSON.stringify(id)}`);
  return dialects[id];
}
