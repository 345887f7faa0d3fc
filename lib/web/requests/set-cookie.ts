import 'server-only';
import { cookieOptions } from '../sign-in/auth';

/** Formats the `Set-Cookie` line of a cookie (RFC 6265). The value must consist of letters, digits, dashes, underscores and dots. */
export function setCookie(name: string, value: string, keptForSeconds: number): string {
  const { path, secure } = cookieOptions();
  return `${name}=${value}; Path=${path}; Max-Age=${keptForSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** Formats the `Set-Cookie` line that deletes a cookie. */
export function dropCookie(name: string): string {
  return setCookie(name, '', 0);
}
