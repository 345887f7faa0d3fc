import type { CodeWords } from '../dialects/code-words';

/** The name of a user stands in the place of an activation code; the password beside it is the secret. */
export const LICENSESPRING_CODE_KINDS = {
  'licensespring-user': { term: 'User', isSecret: false },
} as const satisfies Record<string, CodeWords>;
