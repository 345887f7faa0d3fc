/**
 * The address of a database as the driver of the queue reads it (pg): one for each host, since it takes no more; with `sslmode` as postgres.js
 * means it; and without parameters that are for that one alone.
 */
export function queueUrls(url: string): string[] {
  const [address = '', query] = url.split('?', 2);
  const given = new URLSearchParams(query);
  const mode = given.get('sslmode') ?? '';
  const kept = new URLSearchParams();
  for (const name of ['application_name', 'options']) {
    const value = given.get(name);
    if (value !== null) kept.set(name, value);
  }
  if (mode === 'require') kept.set('uselibpqcompat', 'true');
  // What postgres.js encrypts where it can ("prefer") the queue sends plainly: it has no such way.
  if (mode === 'require' || mode === 'verify-full') kept.set('sslmode', mode);
  const [, before = '', hosts = '', after = ''] = /^(.*@)([^@/]*)(.*)$/.exec(address) ?? [];
  return hosts.split(',').map((host) => `${before}${host}${after}${kept.size === 0 ? '' : `?${kept}`}`);
}
