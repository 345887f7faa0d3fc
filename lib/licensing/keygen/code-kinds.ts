import type { CodeWords } from '../dialects/code-words';

/** The text that names an entitlement: a licence key instead of an activation code. */
export const KEYGEN_CODE_KINDS = {
  'keygen-key': { term: 'Licence key', isSecret: true },
} as const satisfies Record<string, CodeWords>;
