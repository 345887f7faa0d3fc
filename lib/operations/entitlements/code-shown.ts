import { endOfCode } from '@/lib/licensing/exchange/end-of-code';
import type { ActivationRequest, CodeKind } from '@/lib/licensing/exchange/request';

/** What people see of the text that names an entitlement in a request. */
export interface CodeShown {
  readonly kind: CodeKind;
  /** The last four characters of a code or key; the whole name of a user, which is no secret. */
  readonly text: string;
}

export function codeShown({ activationCode, codeKind }: Pick<ActivationRequest, 'activationCode' | 'codeKind'>): CodeShown {
  return { kind: codeKind, text: codeKind === 'licensespring-user' ? activationCode : endOfCode(activationCode) };
}
