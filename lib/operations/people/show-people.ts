import { z } from 'zod';
import type { AssignableRow, PersonRow } from '@/db/people/read-people';
import { listAssignable, listSameAddress, listPeople as readPeople, readPerson } from '@/db/people/read-people';
import { PAGE_ROWS } from '@/db/seats/list-activations';
import { reject } from '@/lib/licensing/refusals/rejection';
import { scopeOf } from '../actor';
import { cursorInput, pageOf, searchInput } from '../cursor';
import { defineOperation, done, refuse } from '../operation';

/** A person of a customer, as listed. */
export type PersonListed = PersonRow;

/** An entitlement of the customer, and whether the person may use it. */
export type Assignable = AssignableRow;

/** Lists people of the customer, or of all customers for support, newest first, a page at a time. */
export const listPeople = defineOperation({
  name: 'person.list',
  kind: 'query',
  permission: 'person:manage',
  input: z.object({ after: cursorInput.default(null), search: searchInput }),
  async run({ after, search }, { db, actor, now }) {
    const page = { after: after && { createdAt: after.at, id: after.id }, search };
    const rows = await readPeople(db, { scope: scopeOf(actor), page, now });
    return done(pageOf(rows, PAGE_ROWS, (row) => ({ at: row.createdAt, id: row.id })));
  },
});

/** Shows one person and the customer's entitlements, each assigned or not; to support also other accounts with the same address. */
export const showPerson = defineOperation({
  name: 'person.show',
  kind: 'query',
  permission: 'person:manage',
  input: z.object({ personId: z.uuid(), search: searchInput }),
  async run({ personId, search }, { db, actor, now }) {
    const person = await readPerson(db, { scope: scopeOf(actor), personId, now });
    if (person === null) return refuse(reject('not-found'));
    const { customerId } = person;
    const [entitlements, others] = await Promise.all([
      listAssignable(db, { personId, customerId, search }),
      actor.role === 'support' ? listSameAddress(db, { personId, now }) : [],
    ]);
    return done({ person, entitlements, others });
  },
});
