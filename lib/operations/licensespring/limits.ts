import type { Limit } from '../limits/limits';

export const LICENSESPRING_LIMITS = {
  /** Calls of applications. Each may cost two RSA signatures. */
  licenseSpringCallsByClient: { name: 'licensespring-calls-client', points: 1200, minutes: 1, inMemory: true },
} as const satisfies Record<string, Limit>;
