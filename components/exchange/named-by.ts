import type { Fact } from '@/components/tables/facts';
import type { CodeShown } from '@/lib/operations/entitlements/code-shown';

/** What names the entitlement in a request, in a list of facts. */
export function namedBy({ kind, text }: CodeShown): Fact {
  switch (kind) {
    case 'activation-code':
      return { term: 'Activation code', value: `ends in ${text}`, mono: true };
    case 'keygen-key':
      return { term: 'Licence key', value: `ends in ${text}`, mono: true };
    case 'licensespring-user':
      return { term: 'User', value: text };
  }
}
