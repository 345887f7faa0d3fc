import type { OperationContext } from '../context';
import { keygenPlugin } from '../keygen/plugin';
import { licenseSpringPlugin } from '../licensespring/plugin';
import { nativePlugin } from '../native/plugin';
import type { DialectPlugin, DialectRegistry } from './plugin';

/** The dialects of the product. The native one takes every compact token for its own, so others look first. */
export const DIALECTS: DialectRegistry = {
  keygen: keygenPlugin,
  licensespring: licenseSpringPlugin,
  native: nativePlugin,
};

/** The dialects that files are held against, in their order. */
export function dialectsOf({ dialects = DIALECTS }: Pick<OperationContext, 'dialects'>): readonly DialectPlugin[] {
  return Object.values(dialects);
}

/**
 * The dialect of a request or of a stored row.
 *
 * @throws RangeError for a name that only another version of the portal knows
 */
export function dialectOf(
  { dialects = DIALECTS }: Pick<OperationContext, 'dialects'>,
  { dialect: id }: { readonly dialect: DialectPlugin['id'] },
): DialectPlugin {
  if (!Object.hasOwn(dialects, id)) throw new RangeError(`expected the name of a dialect, found ${JSON.stringify(id)}`);
  return dialects[id];
}
