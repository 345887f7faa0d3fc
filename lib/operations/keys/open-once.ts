import type { MasterKey } from '@/lib/signing/master-key';

/** What is opened under a master key, and the name that it is kept by. */
interface ToOpen<Opened> {
  readonly masterKey: MasterKey;
  readonly name: string;
  readonly open: () => Promise<Opened>;
}

/** Opens secrets of one kind once: they stay in memory for the life of the process. A failure is not kept. */
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
