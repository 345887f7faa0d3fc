import { availableParallelism } from 'node:os';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { lastingConnections } from './reconnecting-pool';
import { rememberTexts } from './sql-text-cache';

/** The database as everything above this layer sees it. */
export type Database = PostgresJsDatabase;

/**
 * Connections of a pool, if nobody says how many: two for each processor and one more. Statements that run at once beyond that finish
 * later, not sooner, and on a machine that the portal shares with its database they take the processors from it.
 */
const CONNECTIONS = Math.min(10, 2 * availableParallelism() + 1);
/**
 * Statements sent ahead on a connection that is busy. It finds the next one without waiting for the portal; and a slow one holds up no more.
 * An option of postgres.js 3.4.9 that its types leave out.
 */
const SENT_AHEAD: object = { max_pipeline: 3 };

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
  const open = () =>
    postgres(options.url, {
      max: options.connections ?? CONNECTIONS,
      prepare: options.prepare ?? true,
      ...SENT_AHEAD,
      target_session_attrs: 'primary',
      connect_timeout: 5,
      idle_timeout: 300,
      // Asked for on a connection that is then lost, they end the process. No column here is an array.
      fetch_types: false,
      onnotice: () => undefined,
    });
  const { sql, close } = lastingConnections(open);
  const { unsafe } = sql;
  const { prepare = true } = options;
  // Drizzle asks for unnamed statements, which Postgres parses and plans anew each time. The texts here are few and never change, so that
  // each connection prepares them once.
  sql.unsafe = (text, parameters) => unsafe(text, parameters, { prepare });
  const db = drizzle(sql);
  const execute = db.execute.bind(db);
  const withText = rememberTexts();
  db.execute = (statement) => execute(typeof statement === 'string' ? statement : withText(statement));
  return { db, close };
}
