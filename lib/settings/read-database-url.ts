/** Parameters that postgres.js understands, in addition to `sslmode`. */
const KNOWN = new Set([
  'application_name',
  'backoff',
  'connect_timeout',
  'idle_timeout',
  'keep_alive',
  'max_lifetime',
  'options',
  'target_session_attrs',
]);

/** Ways to encrypt that postgres.js knows. */
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-full'];

/** Parameters that other programs use in such an address, and their replacement here. */
const INSTEAD: Readonly<Record<string, string>> = {
  ssl: 'Say sslmode=require, or sslmode=verify-full.',
  schema: 'The tables are in the schema public: leave it out.',
  pgbouncer: 'Leave it out, and set DATABASE_PREPARE=false.',
  connection_limit: 'Leave it out, and set DATABASE_CONNECTIONS.',
  channel_binding: 'Leave it out; sslmode=verify-full makes sure of the server.',
  sslrootcert: 'Leave it out, name the file in NODE_EXTRA_CA_CERTS, and use sslmode=verify-full.',
};

const SHAPE =
  /^postgres(?:ql)?:\/\/(?<user>[^:@/?#]+)(?::(?<password>[^@/?#]*))?@(?<hosts>[^@/?#]+)(?:\/[^/?#]*)?(?:\?(?<query>[^#]*))?$/;

/**
 * Checks the address of a database, which may name several hosts. Errors never quote the address, since it holds a password.
 *
 * @returns the address unchanged
 * @throws Error what was expected
 */
export function readDatabaseUrl(text: string): string {
  const { user, password, hosts, query } = SHAPE.exec(text)?.groups ?? {};
  if (user === undefined || hosts === undefined) throw new Error(describeProblem(text));
  if (![user, password ?? ''].every(isEncoded))
    throw new Error('expected % in role and password to be written as %25, found one that stands for no character.');
  if (!hosts.split(',').every(isHost))
    throw new Error(
      'expected a host name or an IPv4 address, perhaps with a port, or several with commas between, found something else.',
    );
  for (const [name, value] of new URLSearchParams(query ?? '')) checkParameter(name, value);
  return text;
}

function describeProblem(text: string): string {
  const expected = 'expected postgres://role:password@host:5432/database';
  if (!/^postgres(?:ql)?:\/\//.test(text)) return `${expected}, found something that does not begin with postgres://.`;
  const [authority = '', rest] = text.replace(/^[a-z]+:\/\//, '').split(/@(?=[^@]*$)/);
  if (rest === undefined) return `${expected}, found no role in it.`;
  if (/[@/?#]/.test(authority) || /#/.test(rest))
    return `${expected}, found a sign in it that ends the password too early. In role and password write # as %23, @ as %40, / as %2F, ? as %3F and % as %25.`;
  return `${expected}, found something else.`;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isHost(text: string): boolean {
  const found = /^[^:[\]\s]+(?::(\d{1,5}))?$/.exec(text);
  const port = Number(found?.[1] ?? 5432);
  return found !== null && port >= 1 && port <= 65_535;
}

function checkParameter(name: string, value: string): void {
  if (KNOWN.has(name)) return;
  if (name !== 'sslmode') {
    const fix = INSTEAD[name] ?? `Leave it out; known are sslmode, ${[...KNOWN].join(', ')}.`;
    throw new Error(`expected no parameter ${JSON.stringify(name)}, which the driver does not know. ${fix}`);
  }
  if (SSL_MODES.includes(value)) return;
  throw new Error(`expected sslmode to be one of ${SSL_MODES.join(', ')}, found ${JSON.stringify(value)}.`);
}
