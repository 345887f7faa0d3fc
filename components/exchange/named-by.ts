import type { Fact } from '@/components/tables/facts';
import { CODE_KINDS } from '@/lib/licensing/dialects/code-kind';
import type { CodeShown } from '@/lib/operations/entitlements/code-shown';

/** Formats the code that names the entitlement in a request, as a fact. */
export function namedBy({ kind, text }: CodeShown): Fact {
  const { term, isSecret } = CODE_KINDS[kind];
  return isSecret ? { term, value: `ends in ${text}`, mono: true } : { term, value: text };
}
