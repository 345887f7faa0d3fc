import 'server-only';
import { portal } from '@/lib/operations/portal';
import type { SignInContext } from '@/lib/operations/sign-in-request';
import { clientAddress } from './client-address';
import { signInCodeKey, trustedProxies } from './settings';

/** What signing in is given for a request. */
export function signInContext({ headers }: Request): SignInContext {
  const client = clientAddress(headers.get('x-forwarded-for'), trustedProxies());
  return { db: portal().db, codeKey: signInCodeKey(), client };
}
