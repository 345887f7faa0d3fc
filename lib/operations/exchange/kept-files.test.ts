import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localMasterKey } from '@/lib/signing/master-key';
import { openKeyring } from '../keys/keyring';
import { perform } from '../operation';
import { exchange, replyOf } from '../testing/exchange';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { downloadReply } from './show-exchange';

let portal: TestPortal;
let customer: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
});

afterAll(() => portal.close());

interface Kept {
  readonly content: Uint8Array | null;
  readonly reply: Uint8Array | null;
  readonly [column: string]: unknown;
}

async function answer() {
  const device = await makeDevice(portal, await makeEntitlement(portal, customer));
  const file = await device.request();
  const answered = await exchange(portal.contextFor(customer.member), file);
  const rows = await portal.db.execute<Kept>(sql`select content, reply from exchanges
    where id in (${answered.exchangeId}::uuid, ${answered.submissionId}::uuid) order by at`);
  return { file, answered, rows };
}

it('keeps nothing in clear of what came in and what went out, and hands out the same bytes', async () => {
  const { file, answered, rows } = await answer();
  const text = await replyOf(portal.contextFor(customer.member), answered);
  expect(text).toContain('BEGIN ACTIVATION RESPONSE');
  const kept = rows.flatMap(({ content, reply }) => [content, reply]).filter((bytes) => bytes !== null);
  expect(kept.map((bytes) => bytes.byteLength)).toEqual([file.length + 32, text.length + 32]);
  for (const bytes of kept) expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/BEGIN|eyJ/);
});

it('hands out what was kept before files were sealed', async () => {
  const { answered } = await answer();
  const id = randomUUID();
  await portal.db.execute(sql`select write_exchange(to_jsonb(x) - 'content' || jsonb_build_object('id', ${id}::text, 'request_key', ${id}::text,
    'reply', 'written before'::bytea)) from exchanges x where id = ${answered.exchangeId}::uuid`);
  const downloaded = await perform(downloadReply, { exchangeId: id }, portal.contextFor(customer.member));
  expect(downloaded).toMatchObject({ ok: true, value: { text: 'written before' } });
});

it('opens nothing under another master key', async () => {
  const { answered } = await answer();
  const keyring = openKeyring(portal.db, localMasterKey(new Uint8Array(32).fill(7)));
  const asked = perform(downloadReply, { exchangeId: answered.exchangeId }, { ...portal.contextFor(customer.member), keyring });
  await expect(asked).rejects.toThrow('ERR_JWE_DECRYPTION_FAILED');
});
