import postgres from 'postgres';
import type { EmbeddedPostgres } from './embedded-postgres';
import { createOwnedDatabase } from './embedded-roles';

/** How to reach a database: as the owner of its tables, and as the portal. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/** A further database of the embedded server. It appears under its name only when it is complete. */
export interface FurtherDatabase extends DatabaseUrls {
  /** `unfinished`: filling it was interrupted. */
  readonly state: 'missing' | 'unfinished' | 'whole';
}

/** The same address with another database. */
export function withDatabaseName(url: string, name: string): string {
  return url.replace(/\/[^/]*$/, `/${name}`);
}

function urlsOf({ ownerUrl, appUrl }: DatabaseUrls, name: string): DatabaseUrls {
  return { ownerUrl: withDatabaseName(ownerUrl, name), appUrl: withDatabaseName(appUrl, name) };
}

/** The name under which a database is filled. It is renamed when it is complete. */
const unfinishedName = (name: string) => `${name}_unfinished`;

/** Finds a further database of the server by its name. */
export async function findDatabase(server: EmbeddedPostgres, name: string): Promise<FurtherDatabase> {
  const sql = postgres(server.superuserUrl, { max: 1 });
  try {
    const rows = await sql<{ datname: string }[]>`select datname from pg_database`;
    const names = rows.map(({ datname }) => datname);
    const unfinished = names.includes(unfinishedName(name)) ? 'unfinished' : 'missing';
    return { ...urlsOf(server, name), state: names.includes(name) ? 'whole' : unfinished };
  } finally {
    await sql.end();
  }
}

/**
 * Creates a further database and fills it. The remains of an interrupted earlier filling are dropped first: nobody can have used that database
 * under its temporary name.
 *
 * @param input.name lower-case letters and underscores
 * @param input.fill makes tables and rows, and closes its connections
 */
export async function createDatabase(
  server: EmbeddedPostgres,
  { name, fill }: { name: string; fill: (urls: DatabaseUrls) => Promise<void> },
): Promise<void> {
  const unfinished = unfinishedName(name);
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(`drop database if exists ${unfinished} with (force)`);
    await createOwnedDatabase(sql, unfinished);
    await fill(urlsOf(server, unfinished));
    await sql.unsafe(`alter database ${unfinished} rename to ${name}`);
  } finally {
    await sql.end();
  }
}
