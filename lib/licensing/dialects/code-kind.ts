import { KEYGEN_CODE_KINDS } from '../keygen/code-kinds';
import { LICENSESPRING_CODE_KINDS } from '../licensespring/code-kinds';
import type { CodeWords } from './code-words';

/**
 * What kinds of text name an entitlement: the portal's activation codes, and what dialects have in their place. A digest is kept by kind, so
 * that one never passes for another, which is why kinds are added and never renamed.
 */
export const CODE_KINDS = {
  'activation-code': { term: 'Activation code', isSecret: true },
  ...KEYGEN_CODE_KINDS,
  ...LICENSESPRING_CODE_KINDS,
} as const satisfies Record<string, CodeWords>;

export type CodeKind = keyof typeof CODE_KINDS;
