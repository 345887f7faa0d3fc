/**
 * Converts the address of a database for the driver of the queue (pg): one address for each host, since pg takes one; with `sslmode` in the meaning
 * of postgres.js; and without parameters that only postgres.js knows.
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
  // pg has no mode that encrypts only if the server can ("prefer"): then the queue's connection is not encrypted.
  if (mode === 'require' || mode === 'verify-full') kept.set('sslmode', mode);
  const [, before = '', hosts = '', after = ''] = /^(.*@)([^@/]*)(.*)$/.exec(address) ?? [];
  return hosts.split(',').map((host) => `${before}${host}${after}${kept.size === 0 ? '' : `?${kept}`}`);
}
