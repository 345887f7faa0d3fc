import type { Limit } from '../limits/limits';

export const KEYGEN_LIMITS = {
  /** Calls of applications: more than a plant with hundreds of machines behind one address makes when all of them start. */
  keygenCallsByClient: { name: 'keygen-calls-client', points: 6000, minutes: 1, inMemory: true },
} as const satisfies Record<string, Limit>;
