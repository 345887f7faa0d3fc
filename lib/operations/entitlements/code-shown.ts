import type { CodeKind } from '@/lib/licensing/dialects/code-kind';
import { CODE_KINDS } from '@/lib/licensing/dialects/code-kind';
import { endOfCode } from '@/lib/licensing/exchange/end-of-code';
import type { ActivationRequest } from '@/lib/licensing/exchange/request';

/** The code of a request as people see it. */
export interface CodeShown {
  readonly kind: CodeKind;
  /** The last four characters of a secret code; otherwise the whole text. */
  readonly text: string;
}

export function codeShown({ activationCode, codeKind }: Pick<ActivationRequest, 'activationCode' | 'codeKind'>): CodeShown {
  return { kind: codeKind, text: CODE_KINDS[codeKind].isSecret ? endOfCode(activationCode) : activationCode };
}
