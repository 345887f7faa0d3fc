import type { CodeWords } from '../dialects/code-words';

/** A licence key stands in the place of an activation code. */
export const KEYGEN_CODE_KINDS = {
  'keygen-key': { term: 'Licence key', isSecret: true },
} as const satisfies Record<string, CodeWords>;
