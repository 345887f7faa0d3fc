import { availableParallelism } from 'node:os';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { DRIVER_OPTIONS, lastingConnections, prepareStatements, rememberStatements } from './driver-workarounds';

/** The database as everything above this layer sees it. */
export type Database = PostgresJsDatabase;

/**
 * Connections of a pool, if nobody says how many: two for each processor and one more. Statements that run at once beyond that finish
 * later, not sooner, and on a machine that the portal shares with its database they take the processors from it.
 */
const CONNECTIONS = Math.min(10, 2 * availableParallelism() + 1);

/** A pool of connections. Nothing is opened before the first query. */
export interface DatabasePool {
  readonly db: Database;
  close(): Promise<void>;
}

/**
 * Connects to Postgres. Several hosts may be named; writes go to the one that is primary.
 *
 * @param options.connections greatest number of connections
 * @param options.prepare false behind PgBouncer in transaction mode
 */
export function openDatabase(options: { url: string; connections?: number; prepare?: boolean }): DatabasePool {
  const { url, connections = CONNECTIONS, prepare = true } = options;
  const { sql, close } = lastingConnections(() =>
    postgres(url, {
      ...DRIVER_OPTIONS,
      max: connections,
      prepare,
      target_session_attrs: 'primary',
      connect_timeout: 5,
      idle_timeout: 300,
      onnotice: () => undefined,
    }),
  );
  return { db: rememberStatements(drizzle(prepareStatements(sql, prepare))), close };
}
