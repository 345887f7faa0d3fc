import { sql } from 'drizzle-orm';
import type { Database } from '../client';

/** A person somebody can turn to. */
export interface AdminRow {
  readonly name: string;
  readonly email: string;
}

/** The administrators of a customer, in order of name. At most three: somebody to turn to, not a list of people. */
export async function listAdmins(db: Database, customerId: string): Promise<AdminRow[]> {
  const rows = await db.execute<{ name: string; email: string }>(sql`
    select name, email from users where customer_id = ${customerId}::uuid and role = 'customer_admin' and active
    order by name limit 3`);
  return rows.map(({ name, email }) => ({ name, email }));
}
