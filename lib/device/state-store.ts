/** Where a device keeps its state. A save is atomic, also when the power fails. */
export interface StateStore {
  /** The text last saved; null when there is none. */
  load(): Promise<string | null>;
  save(text: string): Promise<void>;
  /** The latest time that the files of the store were changed; null when that cannot be known. */
  latestFileTime(): Promise<Date | null>;
}

/** A store in memory, for simulations and tests. */
export function memoryStore(): StateStore {
  let saved: string | null = null;
  return {
    load: async () => saved,
    save: async (text) => {
      saved = text;
    },
    latestFileTime: async () => null,
  };
}
