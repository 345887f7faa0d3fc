import type { Limit } from '../limits/limits';

export const KEYGEN_LIMITS = {
  /** Calls of applications. Hundreds of machines behind one address may all start at once. */
  keygenCallsByClient: { name: 'keygen-calls-client', points: 6000, minutes: 1, inMemory: true },
} as const satisfies Record<string, Limit>;
