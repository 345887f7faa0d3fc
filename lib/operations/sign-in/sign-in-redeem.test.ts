import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { perform } from '../operation';
import { done } from '../testing/scenes/operator-scene';
import { MINUTE_MS, setUpSignIn, wrongFor } from '../testing/scenes/sign-in-scene';
import { findSignedIn } from './session-current';
import { digestSignInCode } from './sign-in-code';
import { findSentAddress } from './sign-in-redeem';
import { requestSignInCode } from './sign-in-request';

const { context, makePerson, askForCode, type, signIn, db } = setUpSignIn();

test('a code signs in once', async () => {
  const { email } = await makePerson();
  const { codeId, code } = await askForCode(email);
  expect(await type(codeId, code)).toBe('signed in');
  expect(await type(codeId, code)).toBe('sign-in-code-ended');
});

test('of twenty tries at once with the same code exactly one signs in', async () => {
  const { id, email } = await makePerson();
  const { codeId, code } = await askForCode(email);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => type(codeId, code)));
  expect(outcomes.filter((outcome) => outcome === 'signed in')).toHaveLength(1);
  const rows = await db().execute<{ count: number }>(sql`select count(*)::integer as count from sessions where user_id = ${id}`);
  expect(rows[0]?.count).toBe(1);
});

test('five wrong tries kill the code, and no two at once share a try', async () => {
  const { email } = await makePerson();
  const { codeId, code } = await askForCode(email);
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => type(codeId, wrongFor(code))));
  expect(outcomes.toSorted()).toEqual([
    'sign-in-code-ended',
    'sign-in-code-wrong, 1 left',
    'sign-in-code-wrong, 2 left',
    'sign-in-code-wrong, 3 left',
    'sign-in-code-wrong, 4 left',
  ]);
  expect(await type(codeId, code)).toBe('sign-in-code-ended');
});

test('what cannot be a code costs no try', async () => {
  const { email } = await makePerson();
  const { codeId, code } = await askForCode(email);
  for (const slip of ['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '12\u00003456']) {
    expect(await type(codeId, slip)).toBe('sign-in-code-wrong, 5 left');
  }
  expect(await type(codeId, ` ${code?.slice(0, 3)} ${code?.slice(3)} `)).toBe('signed in');
});

test('a newer code replaces the older one', async () => {
  const { email } = await makePerson();
  const older = await askForCode(email);
  const newer = await askForCode(email.toUpperCase());
  expect(await type(older.codeId, older.code)).toBe('sign-in-code-ended');
  expect(await type(newer.codeId, newer.code)).toBe('signed in');
});

test('a code ends after ten minutes', async () => {
  const { email } = await makePerson();
  const asked = new Date('2030-01-01T12:00:00Z');
  const { codeId, code } = await askForCode(email, asked);
  expect(await done(findSentAddress, { codeId }, context(new Date(asked.getTime() + 10 * MINUTE_MS - 1)))).toBe(email);
  expect(await type(codeId, code, new Date(asked.getTime() + 10 * MINUTE_MS))).toBe('sign-in-code-ended');
  expect(await type(codeId, code, new Date(asked.getTime() + 10 * MINUTE_MS - 1))).toBe('signed in');
});

test('a code works only in the browser that asked for it', async () => {
  const mine = await askForCode((await makePerson()).email);
  for (const forged of [undefined, '', 'x', randomUUID(), ['a']]) {
    expect(await type(forged, mine.code)).toBe('sign-in-code-ended');
  }
});

test('the digest of a code holds for its own row and key only', () => {
  const [id, code] = [randomUUID(), '123456'];
  const key = new Uint8Array(32).fill(1);
  const digest = digestSignInCode(key, { id, code });
  expect(digestSignInCode(key, { id, code })).toBe(digest);
  expect(digestSignInCode(key, { id: randomUUID(), code })).not.toBe(digest);
  expect(digestSignInCode(new Uint8Array(32), { id, code })).not.toBe(digest);
});

test('an unknown and a disabled address leave the same trace and get the same answers, but no mail', async () => {
  const known = await makePerson();
  const disabled = await makePerson();
  await db().execute(sql`update users set disabled_at = now() where id = ${disabled.id}`);
  const traces: unknown[] = [];
  for (const email of [known.email, disabled.email, `${randomUUID()}@example.com`]) {
    const { codeId, code } = await askForCode(email);
    expect(code !== null).toBe(email === known.email);
    const answers = [await done(findSentAddress, { codeId }, context())];
    for (let round = 0; round < 6; round += 1) answers.push(await type(codeId, wrongFor(code)));
    const rows = await db().execute<Record<string, unknown>>(
      sql`select attempts_left, used_at, expires_at - created_at as good_for, length(code_digest) as digest_length from sign_in_codes where id = ${codeId}`,
    );
    traces.push({ answers: answers.map((answer) => answer?.replace(email, 'the address')), rows: [...rows] });
  }
  expect(traces[1]).toEqual(traces[0]);
  expect(traces[2]).toEqual(traces[0]);
});

test('what is no address is refused and leaves no trace', async () => {
  const before = await db().execute(sql`select count(*) from sign_in_codes`);
  const odd = [
    undefined,
    null,
    7,
    ['a@b'],
    '',
    ' ',
    'a',
    '@',
    'a@',
    '@b',
    'a@b@c',
    'a b@c',
    'a@b\u0000',
    'a\r\nBcc: x@y',
    '\ud800@b',
    `${'a'.repeat(251)}@b.c`,
  ];
  for (const email of odd) {
    expect(await perform(requestSignInCode, { email }, context())).toMatchObject({
      ok: false,
      rejection: { code: 'input-refused' },
    });
  }
  expect(await db().execute(sql`select count(*) from sign_in_codes`)).toEqual(before);
});

test('somebody disabled between asking and typing is not signed in', async () => {
  const { id, email } = await makePerson();
  const { codeId, code } = await askForCode(email);
  await db().execute(sql`update users set disabled_at = now() where id = ${id}`);
  expect(await type(codeId, code)).toBe('sign-in-code-wrong, 5 left');
});

test('somebody who is disabled is signed out at once', async () => {
  const { id, email } = await makePerson();
  const sessionId = await signIn(email);
  expect(await findSignedIn(context(), sessionId)).toMatchObject({ email, actor: { role: 'support', userId: id } });
  await db().execute(sql`update users set disabled_at = now() where id = ${id}`);
  expect(await findSignedIn(context(), sessionId)).toBeNull();
});

test('signing in is written to the audit without the code', async () => {
  const { id, email } = await makePerson();
  const sessionId = await signIn(email);
  const rows = await db().execute(sql`select actor, role, action, detail from audit_entries where user_id = ${id}`);
  expect([...rows]).toEqual([{ actor: email, role: 'support', action: 'session.opened', detail: { sessionId } }]);
});

test('codes that ended a day ago are swept, younger ones stay', async () => {
  const { email } = await makePerson();
  const long = new Date('2031-03-01T12:00:00Z');
  const old = await askForCode(email, long);
  const young = await askForCode(email, new Date(long.getTime() + 20 * 60 * MINUTE_MS));
  await askForCode(email, new Date(long.getTime() + 25 * 60 * MINUTE_MS));
  const rows = await db().execute<{ id: string }>(sql`select id from sign_in_codes where email = ${email}`);
  const kept = rows.map((row) => row.id);
  expect(kept).not.toContain(old.codeId);
  expect(kept).toContain(young.codeId);
});
