import type { Database } from '@/db/client';
import type { CustomerRow } from '@/db/people/manage-people';
import { readUsers } from '@/db/people/manage-people';
import { unknownName } from '../audit/operator-audit';
import type { Result } from '../operation';
import { done, refuse } from '../operation';

/**
 * Finds people of one customer by e-mail address.
 *
 * @returns their ids; `unknown-name` for an address without an account at this customer, alike when another customer has one
 */
export async function findPersonIds(
  db: Database,
  { customer, emails }: { customer: Pick<CustomerRow, 'id'>; emails: readonly string[] },
): Promise<Result<string[]>> {
  const wanted = [...new Set(emails)];
  if (wanted.length === 0) return done([]);
  const people = (await readUsers(db, wanted)).filter((person) => person.customerId === customer.id);
  const missing = wanted.find((email) => !people.some((person) => person.email === email));
  if (missing !== undefined) return refuse(unknownName('person of this customer', missing));
  return done(people.map((person) => person.id));
}
