import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../actor';
import { userIdOf } from '../actor';
import { perform } from '../operation';
import { inspectFile } from '../support/inspect-file';
import { showInspection } from '../support/show-inspection';
import { exchange, replyOf } from '../testing/exchange';
import { done } from '../testing/scenes/operator-scene';
import type { TestCustomer } from '../testing/test-customer';
import { makeCustomer, makeEntitlement, makeSupport, OPERATOR } from '../testing/test-customer';
import { makeDevice } from '../testing/test-device';
import type { TestPortal } from '../testing/test-portal';
import { makeTestPortal } from '../testing/test-portal';
import { commitFile } from './commit-file';
import { dropOldFiles } from './drop-files';
import { previewFile } from './preview-file';
import { submitFile } from './submit-file';

let portal: TestPortal;

beforeAll(async () => {
  portal = await makeTestPortal();
});
afterAll(() => portal.close());

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
const rubbish = () => ({ fileName: 'rubbish.txt', bytes: new TextEncoder().encode(randomUUID()) });
const drop = (days: number, now?: Date) => done(dropOldFiles, { days }, portal.contextFor(OPERATOR, now));

/** Makes an answered and an unanswered submission of a number of days ago. */
async function bring(customer: TestCustomer, at: Date) {
  const context = portal.contextFor(customer.member, at);
  const entitlement = await makeEntitlement(portal, customer);
  const [one, other] = [await makeDevice(portal, entitlement), await makeDevice(portal, entitlement)];
  const file = await one.request({ issuedAt: at });
  const answered = await exchange(context, file);
  const bytes = new TextEncoder().encode(await other.request({ issuedAt: at }));
  const { submissionId } = await done(submitFile, { fileName: null, bytes }, context);
  return { file, answered, waiting: submissionId };
}

async function rowOf(id: string | null) {
  const rows = await portal.db.execute<Record<string, unknown>>(
    sql`select content is not null as kept, to_jsonb(x) - 'content' as rest from exchanges x where id = ${id}::uuid`,
  );
  return rows[0];
}

async function droppedOf(customerId: string | null) {
  const rows = await portal.db.execute<{ detail: Record<string, unknown> }>(sql`select detail from audit_entries
    where action = 'file.dropped' and customer_id is not distinct from ${customerId}::uuid order by id`);
  return rows.map(({ detail }) => detail);
}

it('drops the bytes of what came in before so many days and nothing else, and tells each customer how many', async () => {
  const [old, other, young] = [await makeCustomer(portal), await makeCustomer(portal), await makeCustomer(portal)];
  const brought = await bring(old, ago(40));
  const theirs = await bring(other, ago(31));
  const fresh = await bring(young, ago(29));
  const ids = [brought.answered.submissionId, brought.answered.exchangeId, brought.waiting, theirs.waiting, fresh.waiting];
  const before = await Promise.all(ids.map(rowOf));
  expect(before.map((row) => row?.kept)).toEqual([true, false, true, true, true]);
  const reply = await replyOf(portal.contextFor(old.member), brought.answered);

  expect((await drop(30)).files).toBe(4);
  const after = await Promise.all(ids.map(rowOf));
  expect(after.map((row) => row?.kept)).toEqual([false, false, false, false, true]);
  expect(after.map((row) => row?.rest)).toEqual(before.map((row) => row?.rest));
  expect(await replyOf(portal.contextFor(old.member), brought.answered)).toBe(reply);
  const told = { files: 2, bytes: expect.any(Number), before: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/) };
  expect(await droppedOf(old.id)).toEqual([told]);
  expect(await droppedOf(other.id)).toEqual([told]);
  expect(await droppedOf(young.id)).toEqual([]);

  expect((await drop(30)).files).toBe(0);
  expect(await droppedOf(old.id)).toHaveLength(1);
});

it('leaves the same file its answer, and refuses one that waited too long in words', async () => {
  const customer = await makeCustomer(portal);
  const { file, answered, waiting } = await bring(customer, ago(40));
  await drop(30);
  const context = portal.contextFor(customer.member);
  expect(await exchange(context, file)).toMatchObject({ code: 'repeated', exchangeId: answered.exchangeId });
  const preview = await done(previewFile, { submissionId: waiting }, context);
  expect(preview).toMatchObject({ preview: null, rejection: { code: 'file-not-kept' } });
  expect(await perform(commitFile, { submissionId: waiting }, context)).toMatchObject({ rejection: { code: 'file-not-kept' } });
});

it('drops nothing of the last day, whatever it is asked', async () => {
  const { waiting } = await bring(await makeCustomer(portal), ago(0));
  await drop(1, ago(-100));
  expect(await rowOf(waiting)).toMatchObject({ kept: true });
  expect(await perform(dropOldFiles, { days: 0 }, portal.contextFor(OPERATOR))).toMatchObject({
    rejection: { code: 'input-refused' },
  });
});

it('drops what support looked into, and says why it is not shown', async () => {
  const support = await makeSupport(portal);
  const { inspectionId } = await done(inspectFile, rubbish(), portal.contextFor(support, ago(40)));
  await drop(30);
  const shown = await done(showInspection, { id: inspectionId }, portal.contextFor(support));
  expect(shown).toMatchObject({ file: { content: null, fileName: 'rubbish.txt' }, rejection: { code: 'file-not-kept' } });
  expect((await droppedOf(null)).at(-1)).toMatchObject({ files: 1 });
});

it('keeps the bytes of the newest files of a person that cannot be opened, and of all that can', async () => {
  const { member, admin } = await makeCustomer(portal);
  const keptOf = async (actor: Actor) => {
    const rows = await portal.db.execute<{ kept: boolean }>(
      sql`select content is not null as kept from exchanges where user_id = ${userIdOf(actor)}::uuid order by at, id`,
    );
    return rows.map(({ kept }) => kept);
  };
  await done(submitFile, rubbish(), portal.contextFor(admin));
  for (let round = 0; round < 25; round += 1) await done(submitFile, rubbish(), portal.contextFor(member));
  expect(await keptOf(member)).toEqual([...Array(5).fill(false), ...Array(20).fill(true)]);
  expect(await keptOf(admin)).toEqual([true]);
  const entries = await portal.db.execute<{ dropped: number | null }>(sql`select (detail->>'filesDropped')::integer as dropped
    from audit_entries where user_id = ${userIdOf(member)}::uuid and action = 'file.refused' order by id`);
  expect(entries.map(({ dropped }) => dropped)).toEqual([...Array(20).fill(null), ...Array(5).fill(1)]);
});

it('keeps no more of them when they come in at once', async () => {
  const { member } = await makeCustomer(portal);
  await Promise.all(Array.from({ length: 60 }, () => done(submitFile, rubbish(), portal.contextFor(member))));
  await done(submitFile, rubbish(), portal.contextFor(member));
  const rows = await portal.db.execute(
    sql`select from exchanges where user_id = ${userIdOf(member)}::uuid and content is not null`,
  );
  expect(rows.length).toBeLessThanOrEqual(20);
});
