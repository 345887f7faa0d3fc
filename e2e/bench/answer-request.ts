import type { SQLWrapper } from 'drizzle-orm';
import type { Database } from '@/db/client';
import type { ActingContext } from '@/lib/operations/context';
import { commitOpened } from '@/lib/operations/exchange/commit-file';
import { openFile } from '@/lib/operations/exchange/open-file';

/** A statement with its parameters, as the product hands it to the driver. */
export type Statement = SQLWrapper | string;

/** Answers a request by the product: opens, decides, seals and writes, as `exchange.commit` does. */
export async function answerRequest(context: ActingContext, request: string): Promise<void> {
  const bytes = Buffer.from(request);
  const keys = await context.keyring.current();
  const read = await openFile({}, { file: { name: 'request.txt', bytes }, keys });
  if (!read.ok) throw new Error(`expected a request that opens, found ${read.rejection.code}`);
  const file = { fileName: 'request.txt', fileSize: bytes.byteLength };
  const result = await commitOpened(context, { opened: read.opened, keys, file });
  if (!result.ok) throw new Error(`expected an answer, found ${result.rejection.code}`);
}

/** Answers a request by the product. @returns the statements that this took */
export async function recordStatements({ db, ...context }: ActingContext, request: string): Promise<readonly Statement[]> {
  const statements: Statement[] = [];
  const execute: Database['execute'] = (statement) => {
    statements.push(statement);
    return db.execute(statement);
  };
  const watched = Object.assign(Object.create(db) as Database, { execute });
  await answerRequest({ ...context, db: watched }, request);
  return statements;
}

/** Sends recorded statements, and does nothing else. */
export async function sendStatements(db: Database, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await db.execute(statement);
}
