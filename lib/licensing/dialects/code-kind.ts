import { KEYGEN_CODE_KINDS } from '../keygen/code-kinds';
import { LICENSESPRING_CODE_KINDS } from '../licensespring/code-kinds';
import type { CodeWords } from './code-words';

/**
 * The kinds of text that name an entitlement: the portal's activation codes, and what dialects use instead. Digests are stored by kind, so that
 * one kind never passes for another; hence kinds are added and never renamed.
 */
export const CODE_KINDS = {
  'activation-code': { term: 'Activation code', isSecret: true },
  ...KEYGEN_CODE_KINDS,
  ...LICENSESPRING_CODE_KINDS,
} as const satisfies Record<string, CodeWords>;

export type CodeKind = keyof typeof CODE_KINDS;
