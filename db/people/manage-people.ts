import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { unlessTaken } from '../postgres-error';
import { instantFromJson, toRowJson } from '../row';
import { customers } from '../schema/people';

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
  joinedAt: instantFromJson.nullable(),
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

/** An account that the operator makes: active at once. */
export interface AccountToMake {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'member' | 'customer_admin' | 'support';
  readonly customerId: string | null;
  readonly at: Date;
}

/**
 * Writes an active account and its audit row. It takes the place of one of the same customer that is not in use.
 *
 * @returns the account's id; null when somebody has the address
 */
export async function insertUser(
  db: Database,
  { user: { customerId: customer_id, at, ...user }, audit }: { user: AccountToMake; audit: AuditEntry },
): Promise<string | null> {
  const parameter = { ...user, customer_id, at, joined_at: at };
  return unlessTaken(async () => {
    const rows = await db.execute<{ id: string }>(sql`
      with made as materialized (
        select place_person(${JSON.stringify(parameter)}::jsonb) as id
      ), written as materialized (
        select id, write_audit(${JSON.stringify(toRowJson(audit))}::jsonb
          || jsonb_build_object('detail', ${JSON.stringify(audit.detail ?? {})}::jsonb || jsonb_build_object('id', id))) as done
        from made where id is not null
      )
      select id from written`);
    return rows[0]?.id ?? null;
  }, null);
}

const movedFromJson = z.object({ id: z.string(), from: z.string(), isWithoutAdmin: z.boolean() });

/** Where somebody was moved from, and whether that customer has no administrator any more. */
export type MovedRow = z.output<typeof movedFromJson>;

/** Moves somebody to another customer. `taken`: that customer has an account for the address; null when there is none to be moved. */
export async function movePerson(
  db: Database,
  move: { id: string; email: string; customerId: string; role: 'member' | 'customer_admin' | null; at: Date; audit: AuditEntry },
): Promise<MovedRow | 'taken' | null> {
  const { customerId: customer_id, audit, ...rest } = move;
  const parameter = { ...rest, customer_id, audit: toRowJson(audit) };
  return unlessTaken(async () => {
    const rows = await db.execute<{ moved: unknown }>(sql`select move_person(${JSON.stringify(parameter)}::jsonb) as moved`);
    return movedFromJson.nullable().parse(rows[0]?.moved ?? null);
  }, 'taken');
}

const deletedFromJson = z.array(z.object({ customer: z.string().nullable(), isWithoutAdmin: z.boolean() }));

/** The customers at which somebody was deleted (null: the vendor), and whether they have no administrator any more. */
export type DeletedRow = z.output<typeof deletedFromJson>[number];

/** Deletes whoever has an address, at every customer; null when nobody has it. */
export async function deletePerson(
  db: Database,
  { email, at, audit }: { email: string; at: Date; audit: AuditEntry },
): Promise<DeletedRow[] | null> {
  const parameter = { email, at, audit: toRowJson(audit) };
  const rows = await db.execute<{ deleted: unknown }>(sql`select delete_person(${JSON.stringify(parameter)}::jsonb) as deleted`);
  return deletedFromJson.nullable().parse(rows[0]?.deleted ?? null);
}

/** Reads all customers, or the one with this code, by code. */
export async function readCustomers(db: Database, code: string | null = null): Promise<CustomerRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name, 'createdAt', c.created_at) as found
    from customers c where ${code}::text is null or c.code = ${code} order by c.code`);
  return rows.map((row) => customerFromJson.parse(row.found));
}

/** Reads all people, or those with these addresses (lower case), by customer and address. An address may be that of people of several customers. */
export async function readUsers(db: Database, emails: readonly string[] | null = null): Promise<UserRow[]> {
  const wanted = emails === null ? null : JSON.stringify(emails);
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', u.id, 'email', u.email, 'name', u.name, 'role', u.role, 'customerId', u.customer_id,
      'customerCode', c.code, 'createdAt', u.created_at, 'joinedAt', u.joined_at,
      'disabledAt', u.disabled_at) as found
    from users u left join customers c on c.id = u.customer_id
    where u.deleted_at is null and (${wanted}::jsonb is null or ${wanted}::jsonb ? u.email) order by c.code nulls first, u.email`);
  return rows.map((row) => userFromJson.parse(row.found));
}
