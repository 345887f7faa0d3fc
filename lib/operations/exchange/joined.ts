import type { Database } from '@/db/client';

const underWay = new WeakMap<Database, Map<string, Promise<unknown>>>();

/**
 * Does something once for all who ask for the very same while it is under way, and tells all of them what came of it. Somebody who asks
 * afterwards, or another process, has it done anew.
 *
 * @param name names what is done, for whom, and everything that it depends on
 */
export function joined<Value>(db: Database, name: readonly unknown[], act: () => Promise<Value>): Promise<Value> {
  const all = underWay.get(db) ?? new Map<string, Promise<unknown>>();
  underWay.set(db, all);
  const key = JSON.stringify(name);
  // The same name stands for the same act, and so for the same kind of value.
  const known = all.get(key) as Promise<Value> | undefined;
  if (known !== undefined) return known;
  const doing = act().finally(() => all.delete(key));
  all.set(key, doing);
  return doing;
}
