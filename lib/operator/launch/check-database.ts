import { openDatabase } from '@/db/client';
import { isPooled, keepsPreparedStatements, openPlain } from '@/db/pooler';
import { openKeyring } from '@/lib/operations/keys/keyring';
import type { ExternalDatabase } from '@/lib/settings/settings';
import { SettingsError } from '@/lib/settings/settings-error';
import { localMasterKey, readMasterSecret, SecretDecryptionError } from '@/lib/signing/master-key';

/** Tries both addresses of a database, and what a pooler before it does. @throws SettingsError */
export async function checkConnections({ appUrl, ownerUrl }: ExternalDatabase, prepare: boolean): Promise<void> {
  await connect(ownerUrl).catch((error) =>
    explainNoConnection(error, ownerUrl === appUrl ? 'DATABASE_URL' : 'MIGRATION_DATABASE_URL'),
  );
  const isBehindPooler = await connect(appUrl).catch((error) => explainNoConnection(error, 'DATABASE_URL'));
  if (!isBehindPooler || !prepare || (await keepsPreparedStatements(appUrl))) return;
  throw new SettingsError(
    'DATABASE_PREPARE: expected false, since DATABASE_URL leads through a pooler that does not keep prepared statements (PgBouncer in transaction mode). Set DATABASE_PREPARE=false, or max_prepared_statements in PgBouncer 1.21 or newer.',
  );
}

/** Connects, and returns whether a pooler is in between. */
async function connect(url: string): Promise<boolean> {
  const sql = openPlain(url);
  return isPooled(sql).finally(() => sql.end());
}

const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE'];

/**
 * Error codes of TLS about certificates (`CERT_…` and others), of the server about roles and databases (28, 3D), of a pooler about either
 * (08), and of postgres.js about connections.
 */
const REFUSED = /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CONNECT|28|3D|08|53|57P03|22023|42704)/;

/** Turns an unreachable database or a refused login into a SettingsError for the person who set the address. Rethrows faults. */
function explainNoConnection(error: unknown, name: string): never {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message || code : '';
  if (!UNREACHABLE.includes(code) && !REFUSED.test(code)) throw error;
  const hint = /ECONNRESET|CONNECTION_/.test(code)
    ? ' With sslmode the server must speak TLS; without it, it must not ask for it.'
    : '';
  throw new SettingsError(`${name}: expected a database that lets us in, found: ${message}.${hint}`, { cause: error });
}

/** Turns an error of a migration into a SettingsError. `AG002` is raised by our functions with a message for people; `42501`: the owner's role lacks a privilege. Rethrows faults. */
export function explainMigration(error: unknown): never {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (code === 'AG002') throw new SettingsError(message, { cause: error });
  if (code !== '42501') throw error;
  throw new SettingsError(
    `MIGRATION_DATABASE_URL: expected the role that owns the database, found: ${message}. As a superuser: alter database … owner to …; it needs no other rights. Without MIGRATION_DATABASE_URL it is the role of DATABASE_URL.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Decrypts the vendor's own secret, which every answer needs. @throws SettingsError when another master key encrypted it */
export async function checkMasterKey(input: { appUrl: string; masterKey: string; prepare: boolean }): Promise<void> {
  const { db, close } = openDatabase({ url: input.appUrl, connections: 1, prepare: input.prepare });
  try {
    const keys = await openKeyring(db, localMasterKey(readMasterSecret(input.masterKey))).find();
    await keys?.files.encrypt(new Uint8Array());
  } catch (error) {
    if (!(error instanceof SecretDecryptionError)) throw error;
    throw new SettingsError(
      'AIRGATE_MASTER_KEY: expected the master key that the keys in this database are sealed with, found another one. Set it to that of the installation that made the vendor: it stands in its environment, or as masterKey in its DATA_DIR/secrets.json.',
      { cause: error },
    );
  } finally {
    await close();
  }
}
