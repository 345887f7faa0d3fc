import { availableParallelism } from 'node:os';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { cacheStatementTexts, DRIVER_OPTIONS, openReconnectingPool, prepareStatements } from './driver-workarounds';

/** The database as the layers above use it. */
export type Database = PostgresJsDatabase;

/**
 * Default size of a pool: two connections for each processor and one more. Further concurrent statements only finish later, and on a machine
 * that the portal shares with its database they take processor time from it.
 */
const CONNECTIONS = Math.min(10, 2 * availableParallelism() + 1);

/** A pool of connections. Nothing is opened before the first query. */
export interface DatabasePool {
  readonly db: Database;
  close(): Promise<void>;
}

/**
 * Connects to Postgres. The URL may name several hosts; the pool uses the primary.
 *
 * @param options.connections greatest number of connections
 * @param options.prepare false behind PgBouncer in transaction mode
 */
export function openDatabase(options: { url: string; connections?: number; prepare?: boolean }): DatabasePool {
  const { url, connections = CONNECTIONS, prepare = true } = options;
  const { sql, close } = openReconnectingPool(() =>
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
  return { db: cacheStatementTexts(drizzle(prepareStatements(sql, prepare))), close };
}
