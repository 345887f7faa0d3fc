import type { CodeWords } from '../dialects/code-words';

/** The text that names an entitlement: a user name instead of an activation code; its password is the secret. */
export const LICENSESPRING_CODE_KINDS = {
  'licensespring-user': { term: 'User', isSecret: false },
} as const satisfies Record<string, CodeWords>;
