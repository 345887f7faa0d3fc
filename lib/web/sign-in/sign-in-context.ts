import 'server-only';
import type { SecondFactorContext } from '@/lib/operations/sign-in/sign-in-second-factor';
import { clientAddress } from '../requests/client-address';
import { services } from '../services';
import { signInCodeKey, trustedProxies } from '../settings';

/** What signing in is given for a request. */
export function signInContext({ headers }: { readonly headers: Pick<Headers, 'get'> }): SecondFactorContext {
  const client = clientAddress(headers.get('x-forwarded-for'), trustedProxies());
  return { ...services(), codeKey: signInCodeKey(), client };
}
