const HOME = '/';

/**
 * Checks the path to go to after signing in.
 *
 * @param wanted untrusted, from the address or a form
 * @returns the path if it is in this portal, otherwise the front page: never another site
 */
export function nextPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 500) return HOME;
  // Browsers read a backslash as a slash and ignore control characters, so both could hide another host.
  if (!/^\/(?![/\\])[^\\\p{C}]*$/u.test(wanted)) return HOME;
  const base = 'http://portal.invalid';
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  if (url === null || url.origin !== base) return HOME;
  const path = `${url.pathname}${url.search}`;
  // Removing dots can leave two slashes at the start.
  return path.startsWith('//') || /^\/(api|sign-in)(\/|$|\?)/.test(path) ? HOME : path;
}
