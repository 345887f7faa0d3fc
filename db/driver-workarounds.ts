import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { isConnectionLost } from './postgres-error';
import { cacheTexts } from './sql-text-cache';

// All workarounds for postgres.js 3.4.9 and drizzle-orm 0.45.4, each with its upstream issue. Remove one here when it is fixed there.

/** Options that keep postgres.js from ending the process, or from letting a slow statement hold up others. */
export const DRIVER_OPTIONS = {
  // The types of arrays are queried on each new connection, and if that fails the process ends: porsager/postgres#1192, #1205, #1223. No
  // column here is an array.
  fetch_types: false,
  // How many statements are sent ahead on a busy connection; 100 by default. A few keep the server from waiting for the portal, and a slow
  // statement delays no more than these. Neither documented nor in the types: porsager/postgres#970, #1210.
  ...{ max_pipeline: 3 },
} as const;

/** How long to wait for a result: well past the server's own limit on statements, so that only a dead connection takes so long. */
const ANSWER_WITHIN_MS = 30_000;
/** How long statements on other connections may continue when their pool is replaced. */
const RETIRE_SECONDS = 5;

/** The two functions of a postgres.js pool that are used. */
interface Pool {
  readonly unsafe: Sql['unsafe'];
  readonly end: Sql['end'];
}

/** Creates the error of a statement without a result. Whether it was executed is unknown. */
function unanswered(milliseconds: number): Error {
  return Object.assign(new Error(`expected an answer from the database within ${milliseconds} ms, found none`), {
    code: 'CONNECTION_UNANSWERED',
  });
}

/** Waits for a result, and fails after a time limit. @param onError called with an error before the caller receives it */
function within<Value>(milliseconds: number, pending: PromiseLike<Value>, onError: (error: unknown) => void): Promise<Value> {
  return new Promise((settle, refuse) => {
    const fail = (error: unknown) => {
      clearTimeout(timer);
      onError(error);
      refuse(error);
    };
    const timer = setTimeout(() => fail(unanswered(milliseconds)), milliseconds);
    pending.then((value) => {
      clearTimeout(timer);
      settle(value);
    }, fail);
  });
}

/**
 * Makes a pool that outlives its server. A connection of postgres.js 3.4.9 that is lost with bytes still unwritten never writes again
 * (porsager/postgres#1208, #1209, #1215), so that every further statement on it hangs; and a peer that vanishes silently is never noticed. So
 * the whole pool is replaced as soon as one statement finds its connection lost, and a statement without a result fails after a time limit.
 *
 * @param open opens the pool; called again for each replacement
 * @returns the first pool, whose `unsafe` forwards to the newest one; use nothing else of it
 */
export function openReconnectingPool(open: () => Sql, answerWithinMs = ANSWER_WITHIN_MS): { sql: Sql; close(): Promise<void> } {
  const sql = open();
  const retired = new Set<Promise<void>>();
  let current: Pool = { unsafe: sql.unsafe, end: sql.end };
  let isClosed = false;

  function retire(pool: Pool, seconds: number): void {
    const gone = pool.end({ timeout: seconds }).finally(() => retired.delete(gone));
    retired.add(gone);
  }

  function replace(pool: Pool): void {
    if (isClosed || pool !== current) return;
    const next = open();
    // What drizzle changed about the first pool.
    Object.assign(next.options.parsers, sql.options.parsers);
    Object.assign(next.options.serializers, sql.options.serializers);
    current = next;
    retire(pool, RETIRE_SECONDS);
  }

  const unsafe = (...statement: Parameters<Sql['unsafe']>) => {
    const pool = current;
    const pending = pool.unsafe(...statement);
    // Before the caller receives the error, so that its next attempt uses the new pool.
    const answer = within(answerWithinMs, pending, (error) => {
      if (isConnectionLost(error)) replace(pool);
    });
    // The statement is sent in a later turn, so that the form of its rows can still be chosen.
    const values = () => {
      pending.values();
      return answer;
    };
    return Object.assign(answer, { values });
  };
  sql.unsafe = unsafe as unknown as Sql['unsafe'];

  return {
    sql,
    async close() {
      isClosed = true;
      retire(current, RETIRE_SECONDS);
      await Promise.all(retired);
    },
  };
}

/**
 * Lets each connection prepare a statement once. drizzle-orm requests unnamed ones regardless of the pool's options, which Postgres parses and
 * plans anew each time (drizzle-team/drizzle-orm#6096, fixed by #6098). The texts here are few and never change.
 *
 * @param sql whose `unsafe` is replaced
 */
export function prepareStatements(sql: Sql, prepare: boolean): Sql {
  const { unsafe } = sql;
  sql.unsafe = (text, parameters) => unsafe(text, parameters, { prepare });
  return sql;
}

/** Caches the texts of statements, which drizzle-orm builds anew for each execution ({@link cacheTexts}). @param db whose `execute` is replaced */
export function cacheStatementTexts(db: PostgresJsDatabase): PostgresJsDatabase {
  const execute = db.execute.bind(db);
  const withText = cacheTexts();
  db.execute = (statement) => execute(typeof statement === 'string' ? statement : withText(statement));
  return db;
}
