/** A variable of the environment, as the table in README.md shows it. */
export interface Variable {
  readonly name: string;
  /** Default, in words. */
  readonly otherwise: string;
  readonly means: string;
}

/**
 * Every variable that the portal reads. The table in README.md is checked against this list, and so is `readSettings`: nothing else is read.
 * A default that is a value stands in `settings.ts`.
 */
export const VARIABLES: readonly Variable[] = [
  { name: 'PORT', otherwise: '`3000`', means: 'where the portal listens' },
  {
    name: 'HOST',
    otherwise: 'every address; with `TRUST_PROXY` `127.0.0.1`',
    means:
      'the address the portal listens on, such as `127.0.0.1`, `::1` or `0.0.0.0`. With a proxy on another machine or in another container say which, and let nobody but the proxy reach it',
  },
  { name: 'DATA_DIR', otherwise: '`.data`', means: 'embedded database and generated secrets' },
  {
    name: 'DATABASE_URL',
    otherwise: 'embedded',
    means:
      'a PostgreSQL 15 or newer, as the role the portal runs as: `postgres://role:password@host:5432/database`, with `sslmode=require` or `sslmode=verify-full` for TLS',
  },
  {
    name: 'MIGRATION_DATABASE_URL',
    otherwise: '`DATABASE_URL`',
    means:
      'the owner of the same database, if that is another role, which is safer; the web server is not given it. It needs no rights beyond owning the database',
  },
  {
    name: 'DATABASE_CONNECTIONS',
    otherwise: 'by processors',
    means:
      'size of the pool: two for each processor and one more, ten at most, since the database usually runs beside ([why](docs/decisions/0018-small-machines.md))',
  },
  {
    name: 'DATABASE_PREPARE',
    otherwise: '`true`',
    means:
      '`false` behind PgBouncer in transaction mode, unless it keeps prepared statements (`max_prepared_statements`); tried at start',
  },
  {
    name: 'FILES_KEPT_DAYS',
    otherwise: '`400`',
    means:
      'how many days the bytes of files are kept that came in; what became of them, and every answer, stays ([why](docs/decisions/0019-budgets-and-retention.md))',
  },
  {
    name: 'AIRGATE_MASTER_KEY',
    otherwise: 'generated',
    means:
      '32 bytes, base64 or hexadecimal: seals private keys at rest, and keys the digests of codes to sign in. The same for all replicas',
  },
  { name: 'NEXTAUTH_SECRET', otherwise: 'generated', means: 'signs the session cookie. The same for all replicas' },
  {
    name: 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
    otherwise: 'generated',
    means: '32 bytes, base64: encrypts what a page carries for an action. The same for all replicas',
  },
  {
    name: 'NEXTAUTH_URL',
    otherwise: '`http://localhost:PORT`',
    means:
      'where people reach the portal, without a path. Once it is set it holds everywhere, whatever `Host` a proxy passes on: links, cookies, signed answers and what counts as this site. `https://` makes cookies `Secure`',
  },
  {
    name: 'SMTP_URL',
    otherwise: 'none',
    means:
      'mail server, such as `smtps://user:password@host`, with `#`, `@`, `/`, `?`, `:` and `%` in user and password percent-encoded; tried at start. Without it codes are printed on the console, and nobody is reminded of leases that end',
  },
  { name: 'MAIL_FROM', otherwise: "`no-reply@` the portal's host", means: 'sender of mail' },
  {
    name: 'TRUST_PROXY',
    otherwise: 'none',
    means:
      '`true`, or how many proxies of yours stand in front; otherwise forwarding headers are dropped, and the console says so once. Throttling counts by the address this gives, read from `X-Forwarded-For` (with port and brackets or without; IPv6 by its /64 network), to which each proxy must append the address it saw',
  },
  {
    name: 'AIRGATE_DEMO',
    otherwise: '`on` while the portal is tried, otherwise `off`',
    means:
      '`on` runs on the demo, which has a database of its own on the embedded server, `off` on yours; nothing else is taken. Where neither is said, the portal is tried until a database of yours was begun with `off` or by a command. With `DATABASE_URL` or an `https://` address in `NEXTAUTH_URL` it is taken to be used for real: then it is `off`, and a database that holds demo data is refused unless `on` is said. With `DATABASE_URL`, `on` fills that database if it is empty',
  },
  { name: 'CHROMIUM_PATH', otherwise: 'found', means: 'the browser of the tests' },
];
