import type { Keys } from './keyring';

/** Makes the opener of a dialect's keys: opens them at their first use, once for each state of the keyring. */
export function dialectKeys<Opened>(open: (keys: Keys) => Opened): (keys: Keys) => Opened {
  const known = new WeakMap<Keys, { readonly opened: Opened }>();
  return (keys) => {
    const found = known.get(keys) ?? { opened: open(keys) };
    known.set(keys, found);
    return found.opened;
  };
}
