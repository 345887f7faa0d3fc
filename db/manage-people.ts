import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client';
import { instantFromJson } from './entitlement-json';
import type { AuditEntry } from './exchange-entry';
import { writeAudited } from './insert-audited';
import { customers, users } from './schema/people';

const customerFromJson = z.object({ id: z.string(), code: z.string(), name: z.string(), createdAt: instantFromJson });

export type CustomerRow = z.output<typeof customerFromJson>;

const userFromJson = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['member', 'customer_admin', 'support']),
  customerId: z.string().nullable(),
  customerCode: z.string().nullable(),
  createdAt: instantFromJson,
  disabledAt: instantFromJson.nullable(),
});

export type UserRow = z.output<typeof userFromJson>;

/** Writes a customer and its audit row. `exists`: the code is taken. */
export function insertCustomer(
  db: Database,
  { customer, audit }: { customer: typeof customers.$inferInsert; audit: AuditEntry },
) {
  const query = sql`${db.insert(customers).values(customer).returning({ id: customers.id })}`;
  return writeAudited(db, { writes: [{ name: 'made', query }], audit });
}

/** Writes a person and its audit row. `exists`: the address is taken. */
export function insertUser(db: Database, { user, audit }: { user: typeof users.$inferInsert; audit: AuditEntry }) {
  const query = sql`${db.insert(users).values(user).returning({ id: users.id })}`;
  return writeAudited(db, { writes: [{ name: 'made', query }], audit });
}

/** Reads all customers, or the one with this code, by code. */
export async function readCustomers(db: Database, code: string | null = null): Promise<CustomerRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name, 'createdAt', c.created_at) as found
    from customers c where ${code}::text is null or c.code = ${code} order by c.code`);
  return rows.map((row) => customerFromJson.parse(row.found));
}

/** Reads all people, or those with these addresses (lower case), by customer and address. */
export async function readUsers(db: Database, emails: readonly string[] | null = null): Promise<UserRow[]> {
  const wanted = emails === null ? null : JSON.stringify(emails);
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', u.id, 'email', u.email, 'name', u.name, 'role', u.role, 'customerId', u.customer_id,
      'customerCode', c.code, 'createdAt', u.created_at, 'disabledAt', u.disabled_at) as found
    from users u left join customers c on c.id = u.customer_id
    where ${wanted}::jsonb is null or ${wanted}::jsonb ? u.email order by c.code nulls first, u.email`);
  return rows.map((row) => userFromJson.parse(row.found));
}
