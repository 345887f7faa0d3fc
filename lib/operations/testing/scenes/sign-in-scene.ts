import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll } from 'vitest';
import type { DatabasePool } from '@/db/client';
import { openDatabase } from '@/db/client';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { localMasterKey } from '@/lib/signing/master-key';
import type { OperationContext } from '../../context';
import { openKeyring } from '../../keys/keyring';
import { perform } from '../../operation';
import { redeemSignInCode } from '../../sign-in/sign-in-redeem';
import { requestSignInCode } from '../../sign-in/sign-in-request';
import { makeVisitor } from '../visitor';

export const MINUTE_MS = 60_000;
const masterKey = localMasterKey(new Uint8Array(32).fill(3));

/** Makes a portal for the test file, with the steps of a sign-in. */
export function setUpSignIn() {
  let database: TestDatabase;
  let pool: DatabasePool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = openDatabase({ url: database.url });
  });
  afterAll(async () => {
    await pool.close();
    await database.drop();
  });

  /** A context at a network address of its own. */
  const context = (now?: Date, client?: string): OperationContext => ({
    db: pool.db,
    keyring: openKeyring(pool.db, masterKey),
    actor: makeVisitor(client),
    via: 'browser',
    ...(now === undefined ? {} : { now }),
  });

  /** Makes a person who can sign in, new for each test. */
  async function makePerson(): Promise<{ id: string; email: string }> {
    const email = `${randomUUID()}@example.com`;
    const rows = await pool.db.execute<{ id: string }>(
      sql`insert into users (email, name, role) values (${email}, 'Sam', 'support') returning id`,
    );
    return { id: rows[0]?.id ?? '', email };
  }

  /** Requests a code. `code` is null when no mail is sent. */
  async function askForCode(email: string, now?: Date): Promise<{ codeId: string; code: string | null }> {
    const result = await perform(requestSignInCode, { email }, context(now));
    if (!result.ok) throw new Error(`expected a code, found ${result.rejection.code}`);
    return { codeId: result.value.codeId, code: result.value.mail?.code ?? null };
  }

  /** Types a code. @returns the outcome in words */
  async function type(codeId: unknown, code: string | null, now?: Date): Promise<string> {
    const result = await perform(redeemSignInCode, { codeId, code, userAgent: 'Test' }, context(now));
    if (result.ok) return 'sessionId' in result.value ? 'signed in' : 'waits';
    const left = result.rejection.facts.left;
    return left === undefined ? result.rejection.code : `${result.rejection.code}, ${left} left`;
  }

  async function signIn(email: string): Promise<string> {
    const { codeId, code } = await askForCode(email);
    const result = await perform(redeemSignInCode, { codeId, code, userAgent: 'Test' }, context());
    if (!result.ok) throw new Error(`expected a session, found ${result.rejection.code}`);
    if (!('sessionId' in result.value)) throw new Error('expected a session, found a sign-in that waits for the second factor');
    return result.value.sessionId;
  }

  return { context, makePerson, askForCode, type, signIn, db: () => pool.db };
}

/** A code other than the right one. */
export function wrongFor(code: string | null): string {
  return code === '000000' ? '000001' : '000000';
}
