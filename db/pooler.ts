import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';

/** Opens a connection without prepared statements: a pooler may run the next statement on another connection. */
export function openPlain(url: string): postgres.Sql {
  return postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice: () => undefined });
}

/**
 * Returns whether a pooler such as PgBouncer stands between: the process that answers is another than the handshake named.
 *
 * @param sql a connection that {@link openPlain} opened
 */
export async function isPooled(sql: postgres.Sql): Promise<boolean> {
  const answer = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  return answer[0]?.pid !== answer.state.pid;
}

/**
 * Tests whether a prepared statement is still known after another connection took the server process that prepared it. A pooler in transaction
 * mode keeps them only where it is set up to.
 */
export async function keepsPreparedStatements(url: string): Promise<boolean> {
  const options = { max: 1, fetch_types: false, onnotice: () => undefined };
  const [one, other] = [postgres(url, options), postgres(url, { ...options, prepare: false })];
  const probe = () => one`select ${1}::integer as probe`;
  try {
    await probe();
    await other`select`;
    const busy = other`select pg_sleep(0.5)`.execute();
    // Until the pooler has forwarded that.
    await delay(100);
    const again = probe();
    await again;
    await busy;
    // postgres.js 3.4.9 prepares anew, once, what a server does not know, and notes that it did: among many statements it fails all the same.
    return !('retried' in again && again.retried);
  } catch (error) {
    // No such statement; or one of that name, of somebody else's.
    if (error instanceof postgres.PostgresError && ['26000', '42P05', '08P01'].includes(error.code)) return false;
    throw error;
  } finally {
    await Promise.all([one.end(), other.end()]);
  }
}
