import 'server-only';
import { cookieOptions } from '../sign-in/auth';

/** The `Set-Cookie` line of one of the portal's cookies (RFC 6265). The value holds letters, digits, dashes, underscores and dots only. */
export function setCookie(name: string, value: string, keptForSeconds: number): string {
  const { path, secure } = cookieOptions();
  return `${name}=${value}; Path=${path}; Max-Age=${keptForSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The `Set-Cookie` line that removes one of the portal's cookies. */
export function dropCookie(name: string): string {
  return setCookie(name, '', 0);
}
