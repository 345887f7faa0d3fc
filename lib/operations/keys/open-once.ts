import type { MasterKey } from '@/lib/signing/master-key';

/** A secret, its master key, and the name under which it is cached. */
interface ToOpen<Opened> {
  readonly masterKey: MasterKey;
  readonly name: string;
  readonly open: () => Promise<Opened>;
}

/** Makes an opener of secrets of one kind that caches them for the life of the process. Failures are not cached. */
export function openOnce<Opened>(): (secret: ToOpen<Opened>) => Promise<Opened> {
  const opened = new WeakMap<MasterKey, Map<string, Promise<Opened>>>();
  return ({ masterKey, name, open }) => {
    const kept = opened.get(masterKey) ?? new Map<string, Promise<Opened>>();
    opened.set(masterKey, kept);
    const known = kept.get(name);
    if (known !== undefined) return known;
    const value = open();
    kept.set(name, value);
    value.catch(() => kept.delete(name));
    return value;
  };
}
