import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { z } from 'zod';

const NAMES = { superuser: 'postgres', owner: 'airgate_owner', app: 'airgate_app', database: 'airgate' } as const;

const passwordsSchema = z.object({ superuser: z.string(), owner: z.string(), app: z.string() });

/** Passwords of the three roles. Kept in `postgres-passwords.json`, which only the user that starts the portal can read. */
export type Passwords = z.infer<typeof passwordsSchema>;

/** Reads the passwords, or makes them where there are none and no database yet. @param cluster where the database is; null for none */
export function loadPasswords(dataDir: string, cluster: string | null): Passwords {
  const file = join(dataDir, 'postgres-passwords.json');
  if (existsSync(file)) return passwordsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (cluster !== null) {
    throw new Error(
      `expected the passwords of the embedded database in ${file}, found no such file, but a database in ${cluster} that an earlier start made for this folder. Put the file back, or remove the database to begin anew.`,
    );
  }
  const passwords = { superuser: makePassword(), owner: makePassword(), app: makePassword() };
  writeFileSync(file, `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return passwords;
}

function makePassword(): string {
  return randomBytes(24).toString('base64url');
}

/** Connection address of one of the roles. */
export function roleUrl(input: { role: keyof Passwords; passwords: Passwords; port: number }): string {
  const { role, passwords, port } = input;
  const database = role === 'superuser' ? 'postgres' : NAMES.database;
  return `postgres://${NAMES[role]}:${passwords[role]}@127.0.0.1:${port}/${database}`;
}

/**
 * Makes the roles and the database where they are missing. The app role owns nothing, so that what it is granted is all it can do.
 */
export async function makeRoles(passwords: Passwords, port: number): Promise<void> {
  const sql = postgres(roleUrl({ role: 'superuser', passwords, port }), { max: 1, onnotice: () => undefined });
  try {
    const roles = new Set((await sql<{ rolname: string }[]>`select rolname from pg_roles`).map(({ rolname }) => rolname));
    if (!roles.has(NAMES.owner)) {
      await sql.unsafe(`create role ${NAMES.owner} login createdb password '${passwords.owner}'`);
    }
    if (!roles.has(NAMES.app)) await sql.unsafe(`create role ${NAMES.app} login password '${passwords.app}'`);
    const [database] = await sql`select from pg_database where datname = ${NAMES.database}`;
    if (database === undefined) await createOwnedDatabase(sql, NAMES.database);
  } finally {
    await sql.end();
  }
}

/** Creates an empty database of the owner role, which the app role may enter and nobody else. @param sql as the superuser */
export async function createOwnedDatabase(sql: postgres.Sql, name: string): Promise<void> {
  await sql.unsafe(`create database ${name} owner ${NAMES.owner}`);
  await sql.unsafe(`revoke all on database ${name} from public`);
  await sql.unsafe(`grant connect on database ${name} to ${NAMES.app}`);
}
