import { and, eq, isNull, sql } from 'drizzle-orm';
import { writeAudited } from '../audit/insert-audited';
import type { Database } from '../client';
import type { AuditEntry } from '../exchange/exchange-entry';
import { unlessTaken } from '../postgres-error';
import { toRowJson } from '../row';
import type { CustomerRole, PersonRole } from '../schema/people';
import { customers, users } from '../schema/people';

export type CustomerRow = typeof customers.$inferSelect;

/** Writes a customer and its audit row. `exists`: the code is taken. */
export function insertCustomer(
  db: Database,
  { customer, audit }: { customer: typeof customers.$inferInsert; audit: AuditEntry },
) {
  const query = db.insert(customers).values(customer).returning({ id: customers.id });
  return writeAudited(db, { writes: [{ name: 'made', query }], audit });
}

/** An account that the operator makes: active at once. */
export interface AccountToMake {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly customerId: string | null;
  readonly at: Date;
}

/**
 * Writes an active account and its audit row. It replaces an account of the same customer that is not in use.
 *
 * @returns the account's id; null when somebody has the address
 */
export async function insertUser(
  db: Database,
  { user, audit }: { user: AccountToMake; audit: AuditEntry },
): Promise<string | null> {
  const parameter = toRowJson({ ...user, joinedAt: user.at });
  return unlessTaken(async () => {
    const rows = await db.execute<{ id: string }>(sql`
      with made as materialized (
        select place_person(${JSON.stringify(parameter)}::jsonb) as id
      )
      select id, write_audit(${JSON.stringify(toRowJson(audit))}::jsonb
        || jsonb_build_object('detail', ${JSON.stringify(audit.detail ?? {})}::jsonb || jsonb_build_object('id', id)))
      from made where id is not null`);
    return rows[0]?.id ?? null;
  }, null);
}

/** Where somebody was moved from, and whether that customer has no administrator any more. */
export interface MovedRow {
  readonly id: string;
  readonly from: string;
  readonly isWithoutAdmin: boolean;
}

/** Moves somebody to another customer. `taken`: that customer has an account for the address; null when there is none to be moved. */
export async function movePerson(
  db: Database,
  move: { id: string; email: string; customerId: string; role: CustomerRole | null; at: Date; audit: AuditEntry },
): Promise<MovedRow | 'taken' | null> {
  const parameter = { ...toRowJson(move), audit: toRowJson(move.audit) };
  return unlessTaken(async () => {
    const [row] = await db.execute<{ moved: MovedRow | null }>(
      sql`select move_person(${JSON.stringify(parameter)}::jsonb) as moved`,
    );
    return row?.moved ?? null;
  }, 'taken');
}

/** A customer at which somebody was deleted (null: the vendor), and whether it has no administrator any more. */
export interface DeletedRow {
  readonly customer: string | null;
  readonly isWithoutAdmin: boolean;
}

/** Deletes the people with an address, at every customer; null when nobody has it. */
export async function deletePerson(
  db: Database,
  { email, at, audit }: { email: string; at: Date; audit: AuditEntry },
): Promise<DeletedRow[] | null> {
  const parameter = { email, at, audit: toRowJson(audit) };
  const [row] = await db.execute<{ deleted: DeletedRow[] | null }>(
    sql`select delete_person(${JSON.stringify(parameter)}::jsonb) as deleted`,
  );
  return row?.deleted ?? null;
}

/** Reads all customers, or the one with this code, by code. */
export async function readCustomers(db: Database, code: string | null = null): Promise<CustomerRow[]> {
  const meant = code === null ? sql`true` : eq(customers.code, code);
  return db.select().from(customers).where(meant).orderBy(customers.code);
}

/** Somebody, of a customer or of the vendor. */
export type UserRow = Awaited<ReturnType<typeof readUsers>>[number];

/** Reads all people, or those with these addresses (lower case), by customer and address. An address may be that of people of several customers. */
export async function readUsers(db: Database, emails: readonly string[] | null = null) {
  const { id, email, name, role, customerId, createdAt, joinedAt, disabledAt } = users;
  const meant = emails === null ? sql`true` : sql`${JSON.stringify(emails)}::jsonb ? ${email}`;
  return db
    .select({ id, email, name, role, customerId, customerCode: customers.code, createdAt, joinedAt, disabledAt })
    .from(users)
    .leftJoin(customers, eq(customers.id, customerId))
    .where(and(isNull(users.deletedAt), meant))
    .orderBy(sql`${customers.code} nulls first`, email);
}
