import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Actor } from '@/lib/operations/actor';
import { requirePerson } from '@/lib/operations/actor';
import { exportAudit } from '@/lib/operations/audit/export-audit';
import { done as answered, perform } from '@/lib/operations/operation';
import { changeRole, removePerson } from '@/lib/operations/people/change-person';
import { listPeople } from '@/lib/operations/people/show-people';
import { sessionContextReader } from '@/lib/operations/session-context';
import { sessionEnd } from '@/lib/operations/sign-in/session-end';
import { startImpersonation } from '@/lib/operations/support/impersonate';
import { done } from '@/lib/operations/testing/scenes/operator-scene';
import type { TestCustomer } from '@/lib/operations/testing/test-customer';
import { makeCustomer, makeMember, makeSupport } from '@/lib/operations/testing/test-customer';
import type { TestPortal } from '@/lib/operations/testing/test-portal';
import { makeTestPortal } from '@/lib/operations/testing/test-portal';
import { makeVisitor } from '@/lib/operations/testing/visitor';
import { respondCsv } from './respond-csv';
import { respondParts } from './respond-parts';

let portal: TestPortal;
let customer: TestCustomer;

beforeAll(async () => {
  portal = await makeTestPortal();
  customer = await makeCustomer(portal);
  await portal.db.execute(sql`insert into users (email, name, role, customer_id)
    select 'p' || n || '@example.com', 'Person ' || n, 'member', ${customer.id}::uuid from generate_series(1, 130) n`);
  await portal.db.execute(sql`insert into audit_entries (at, customer_id, actor, role, action)
    select now(), ${customer.id}::uuid, 'somebody', 'member', 'session.opened' from generate_series(1, 1100)`);
});

afterAll(() => portal.close());

/** Somebody else with an account, and a session of theirs. */
async function signIn(actor: Actor): Promise<{ userId: string; session: string }> {
  const { userId } = requirePerson(actor);
  const rows = await portal.db.execute<{ id: string }>(
    sql`insert into sessions (user_id, expires_at) values (${userId}, now() + interval '1 day') returning id`,
  );
  return { userId, session: rows[0]?.id ?? '' };
}
async function makeAdmin(): Promise<Actor> {
  const userId = await makeMember(portal, customer, 'customer_admin');
  return { role: 'customer_admin', userId, customerId: customer.id, label: 'another admin' };
}

/** The same two texts that the portal's routes send. */
const EXPORTS = {
  csv: (session: string) =>
    respondCsv({
      ...{ name: 'people', page: '/people', contextNow: sessionContextReader(portal, { id: session, visitor: makeVisitor() }) },
      columns: { name: ({ name: cell }: { name: string }) => cell },
      readPage: (after, context) => perform(listPeople, { search: '', after }, context),
    }),
  audit: (session: string, named: string | null = null) =>
    respondParts<number>({
      ...{ name: 'audit', fileName: 'audit.jsonl', contentType: 'application/jsonl', page: '/activity', missing: 'None.' },
      contextNow: sessionContextReader(portal, { id: session, visitor: makeVisitor() }),
      async readPart(after, context) {
        const part = await perform(exportAudit, { customer: named, after: after ?? 0 }, context);
        return part.ok ? answered({ text: part.value.lines.join('\n'), next: part.value.next }) : part;
      },
    }),
};

/** What happens to a reader between the first part and the next. */
const ENDS = {
  removed: ({ userId }) => done(removePerson, { personId: userId }, portal.contextFor(customer.admin)),
  'signed out': ({ userId, session }) => {
    const actor = { role: 'customer_admin', userId, customerId: customer.id, label: '' } as const;
    return done(sessionEnd, { session }, portal.contextFor(actor));
  },
  'made a member': ({ userId }) => done(changeRole, { personId: userId, role: 'member' }, portal.contextFor(customer.admin)),
} satisfies Record<string, (reader: { userId: string; session: string }) => Promise<unknown>>;

describe.each(['csv', 'audit'] as const)('a text that is sent a part at a time (%s)', (kind) => {
  it('comes whole to who stays', async () => {
    const { session } = await signIn(customer.admin);
    const text = await (await EXPORTS[kind](session)).text();
    expect(text.split('\n').length).toBeGreaterThan(kind === 'csv' ? 130 : 1100);
  });

  it.each(Object.entries(ENDS))('breaks off before the next part when its reader is %s', async (_, end) => {
    const reader = await signIn(await makeAdmin());
    const answer = await EXPORTS[kind](reader.session);
    expect(answer.status).toBe(200);
    await end(reader);
    await expect(answer.text()).rejects.toThrow('found sign-in-needed');
  });

  it('breaks off when support begins to look as somebody: it would go on as theirs', async () => {
    const support = await makeSupport(portal);
    const { session } = await signIn(support);
    const answer = kind === 'csv' ? await EXPORTS.csv(session) : await EXPORTS.audit(session, customer.code);
    const personId = requirePerson(customer.admin).userId;
    await done(startImpersonation, { personId, session }, portal.contextFor(support));
    await expect(answer.text()).rejects.toThrow('found sign-in-needed');
  });

  it('is not begun for who is not signed in', async () => {
    const answer = await EXPORTS[kind]('00000000-0000-4000-8000-000000000000');
    expect([answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([303, '/sign-in']);
  });

  it('breaks off at a fault, which is logged', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { session } = await signIn(customer.admin);
    const contextNow = sessionContextReader(portal, { id: session, visitor: makeVisitor() });
    let asked = 0;
    const answer = await respondParts<number>({
      ...{ name: kind, fileName: kind, contentType: 'text/plain', page: '/', missing: 'None.', contextNow },
      async readPart() {
        asked += 1;
        if (asked > 1) throw new Error('the database is gone');
        return answered({ text: 'one', next: 1 });
      },
    });
    await expect(answer.text()).rejects.toThrow('the database is gone');
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
  });
});

it('is how every route sends what takes long: none of them asks only once who is there', () => {
  const app = `${import.meta.dirname}/../../../app`;
  const routes = readdirSync(app, { encoding: 'utf8', recursive: true }).filter((file) => file.endsWith('route.ts'));
  const texts = routes.map((file) => readFileSync(`${app}/${file}`, 'utf8'));
  const streaming = texts.filter((text) => /respondParts|respondCsv|zipRefreshFiles|ReadableStream/.test(text));
  expect(streaming.length).toBeGreaterThan(7);
  for (const text of streaming) {
    expect(text).toMatch(/contextNow(:| =) await currentContextReader\(\)/);
    expect(text).not.toContain('requestContext');
  }
});
