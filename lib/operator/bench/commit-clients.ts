import type { SQLWrapper } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { openDatabase } from '@/db/client';
import { answerFile } from '@/lib/operations/answer-file';
import type { ActingContext } from '@/lib/operations/context';
import { openFile } from '@/lib/operations/open-file';

/** A statement with its parameters, as the product hands it to the driver. */
export type Statement = SQLWrapper | string;

/** Somebody who waits for an answer before asking again, with a connection of its own. */
export interface Client<Item, Value> {
  act(item: Item): Promise<Value>;
  close(): Promise<void>;
}

/** The same database, which tells of every statement before it is sent. */
function watched(db: Database, onStatement: (statement: Statement) => void): Database {
  const execute: Database['execute'] = (statement) => {
    onStatement(statement);
    return db.execute(statement);
  };
  return Object.assign(Object.create(db) as Database, { execute });
}

/** Answers a request by the product: opens, decides, seals and writes, as `exchange.commit` does. */
async function answer(context: ActingContext, request: string): Promise<void> {
  const bytes = Buffer.from(request);
  const keys = await context.keyring.current();
  const read = await openFile({ name: 'request.txt', bytes }, keys);
  if (!read.ok) throw new Error(`expected a request that opens, found ${read.rejection.code}`);
  const file = { fileName: 'request.txt', fileSize: bytes.byteLength };
  const result = await answerFile(context, { opened: read.opened, keys, file });
  if (!result.ok) throw new Error(`expected an answer, found ${result.rejection.code}`);
}

/** Answers requests by the product. */
export function productClient(base: ActingContext, url: string): Client<string, void> {
  const { db, close } = openDatabase({ url, connections: 1 });
  const context = { ...base, db };
  return { close, act: (request) => answer(context, request) };
}

/** Answers requests by the product, and tells what statements that took. */
export function recordingClient(base: ActingContext, url: string): Client<string, readonly Statement[]> {
  let statements: Statement[] = [];
  const { db, close } = openDatabase({ url, connections: 1 });
  const context = { ...base, db: watched(db, (statement) => statements.push(statement)) };
  return {
    close,
    async act(request) {
      statements = [];
      await answer(context, request);
      return statements;
    },
  };
}

/** Sends statements that the product sent, by the same driver set up in the same way, and does nothing else. */
export function bareClient(url: string): Client<readonly Statement[], void> {
  const { db, close } = openDatabase({ url, connections: 1 });
  return {
    close,
    async act(statements) {
      for (const statement of statements) await db.execute(statement);
    },
  };
}
