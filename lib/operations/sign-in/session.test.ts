import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabasePool } from '@/db/client';
import { openDatabase } from '@/db/client';
import type { TestDatabase } from '@/db/testing/create-test-database';
import { createTestDatabase } from '@/db/testing/create-test-database';
import { localMasterKey } from '@/lib/signing/master-key';
import type { OperationContext } from '../context';
import { openKeyring } from '../keys/keyring';
import { perform } from '../operation';
import { findSignedIn } from './session-current';
import { sessionEnd, sessionEndOthers } from './session-end';
import { sessionList } from './session-list';

let database: TestDatabase;
let pool: DatabasePool;
const HOUR_MS = 3_600_000;
const opened = new Date('2030-01-01T12:00:00Z');
const hoursLater = (hours: number) => new Date(opened.getTime() + hours * HOUR_MS);

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openDatabase({ url: database.url });
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

async function makePerson(): Promise<string> {
  const rows = await pool.db.execute<{ id: string }>(
    sql`insert into users (email, name, role) values (${`${randomUUID()}@example.com`}, 'Sam', 'support') returning id`,
  );
  return rows[0]?.id ?? '';
}

async function openSession(userId: string): Promise<string> {
  const at = opened.toISOString();
  const rows = await pool.db.execute<{ id: string }>(
    sql`insert into sessions (user_id, created_at, last_seen_at, expires_at)
      values (${userId}, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz + interval '7 days') returning id`,
  );
  return rows[0]?.id ?? '';
}

const find = (sessionId: unknown, hours: number) => findSignedIn({ db: pool.db, now: hoursLater(hours) }, sessionId);

function contextOf(userId: string): OperationContext {
  const keyring = openKeyring(pool.db, localMasterKey(new Uint8Array(32)));
  return { db: pool.db, keyring, actor: { role: 'support', userId, label: 'Sam', isFresh: true }, via: 'browser', now: opened };
}

const liveIds = async (userId: string) => {
  const result = await perform(sessionList, { current: null }, contextOf(userId));
  return result.ok ? result.value.map((session) => session.id).toSorted() : [];
};

test('a session runs out twelve hours after its last use', async () => {
  const used = await openSession(await makePerson());
  const idle = await openSession(await makePerson());
  expect(await find(used, 11.9)).not.toBeNull();
  expect(await find(used, 23.8)).not.toBeNull();
  expect(await find(idle, 12)).toBeNull();
});

test('a session ends after seven days however much it is used', async () => {
  const sessionId = await openSession(await makePerson());
  for (let hours = 11; hours < 7 * 24; hours += 11) expect(await find(sessionId, hours)).not.toBeNull();
  expect(await find(sessionId, 7 * 24)).toBeNull();
});

test('use within the same minute writes nothing', async () => {
  const sessionId = await openSession(await makePerson());
  const seenAt = async () => (await pool.db.execute(sql`select last_seen_at from sessions where id = ${sessionId}`))[0];
  const before = await seenAt();
  await find(sessionId, 1 / 120);
  expect(await seenAt()).toEqual(before);
  await find(sessionId, 1 / 30);
  expect(await seenAt()).not.toEqual(before);
});

test('a session that was ended is signed out at once, its neighbours are not', async () => {
  const [userId, other] = [await makePerson(), await makePerson()];
  const [first, second, theirs] = [await openSession(userId), await openSession(userId), await openSession(other)];
  expect(await perform(sessionEnd, { session: first }, contextOf(userId))).toEqual({ ok: true, value: { ended: 1 } });
  expect(await find(first, 0)).toBeNull();
  expect(await find(second, 0)).not.toBeNull();
  expect(await find(theirs, 0)).not.toBeNull();
  expect(await perform(sessionEnd, { session: first }, contextOf(userId))).toMatchObject({ rejection: { code: 'not-found' } });
});

test('another person\u2019s session and one that does not exist answer alike, and nothing ends', async () => {
  const [userId, other] = [await makePerson(), await makePerson()];
  const theirs = await openSession(other);
  const foreign = await perform(sessionEnd, { session: theirs }, contextOf(userId));
  const unknown = await perform(sessionEnd, { session: randomUUID() }, contextOf(userId));
  for (const answer of [foreign, unknown])
    expect(answer).toMatchObject({ ok: false, rejection: { code: 'not-found', facts: {} } });
  expect(await find(theirs, 0)).not.toBeNull();
});

test('ending all others leaves the one that asks, and other people alone', async () => {
  const [userId, other] = [await makePerson(), await makePerson()];
  const [kept, second, third] = [await openSession(userId), await openSession(userId), await openSession(userId)];
  const theirs = await openSession(other);
  expect(await perform(sessionEndOthers, { current: kept }, contextOf(userId))).toEqual({ ok: true, value: { ended: 2 } });
  expect(await liveIds(userId)).toEqual([kept]);
  expect(await liveIds(other)).toEqual([theirs]);
  expect([await find(second, 0), await find(third, 0)]).toEqual([null, null]);
});

test('the list marks the session that asks', async () => {
  const userId = await makePerson();
  const [mine, another] = [await openSession(userId), await openSession(userId)];
  const result = await perform(sessionList, { current: mine }, contextOf(userId));
  const marks = result.ok ? Object.fromEntries(result.value.map((session) => [session.id, session.current])) : {};
  expect(marks).toEqual({ [mine]: true, [another]: false });
});

test('what is no id is nobody', async () => {
  for (const odd of [undefined, null, '', 'x', 7, [], '\u0000', "' or true --"]) expect(await find(odd, 0)).toBeNull();
});

test('ending a session is written to the audit', async () => {
  const userId = await makePerson();
  const sessionId = await openSession(userId);
  await perform(sessionEnd, { session: sessionId }, contextOf(userId));
  const rows = await pool.db.execute(sql`select action, detail from audit_entries where user_id = ${userId}`);
  expect([...rows]).toEqual([{ action: 'session.ended', detail: { sessionId } }]);
});
