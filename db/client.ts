import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { lastingConnections } from './lasting-connections';
import { rememberTexts } from './remembered-texts';

/** The database as everything above this layer sees it. */
export type Database = PostgresJsDatabase;

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
      max: options.connections ?? 10,
      prepare: options.prepare ?? true,
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
