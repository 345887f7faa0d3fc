import type { SQL } from 'drizzle-orm';
import { and, desc, eq, gte, isNull, max, ne, or, sql } from 'drizzle-orm';
import type { KnownAccount } from '@/lib/licensing/claims/approver-ties';
import type { Database } from '../client';
import { clock } from '../clock';
import { offerings, products } from '../schema/catalogue';
import { entitlementAssignments, entitlements } from '../schema/entitlements';
import type { CustomerRole } from '../schema/people';
import { customers, sessions, users } from '../schema/people';
import { secondFactors } from '../schema/second-factors';
import type { Scope } from '../scope';
import { peopleIn, scoped } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';

const { people } = scoped;

/** Somebody of a customer, as listed. */
export type PersonRow = Awaited<ReturnType<typeof select>>[number];

/** Which page of people. */
export interface PeoplePage {
  readonly after: { readonly createdAt: Date; readonly id: string } | null;
  /** Part of a name, an address or a customer's name. */
  readonly search: string;
}

/** Condition that these texts together contain another one, which may be empty. */
function contain(texts: SQL, search: string): SQL {
  return sql`concat_ws(' ', ${texts}) ilike ${`%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`;
}

/** Lists people within the scope, newest first. Reads one row more than a page, which shows whether there is a next page. */
export function listPeople(
  db: Database,
  { scope, page, now }: { scope: Scope; page: PeoplePage; now?: Date | undefined },
): Promise<PersonRow[]> {
  const { after, search } = page;
  const start =
    after === null
      ? sql`true`
      : sql`(date_trunc('milliseconds', ${people.createdAt}), ${people.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const texts = sql`${people.name}, ${people.email}, ${customers.name}, ${customers.code}`;
  const matches = search === '' ? sql`true` : contain(texts, search);
  return select(db, { condition: sql`${peopleIn(scope)} and ${start} and ${matches}`, limit: PAGE_ROWS + 1, now });
}

/** Reads one person within the scope; null if there is none. */
export async function readPerson(
  db: Database,
  { scope, personId, now }: { scope: Scope; personId: string; now?: Date | undefined },
): Promise<PersonRow | null> {
  const [row] = await select(db, { condition: sql`${eq(people.id, personId)} and ${peopleIn(scope)}`, limit: 1, now });
  return row ?? null;
}

/** Lists the other people with the address of one, at all customers, newest first. For actors who see all customers. */
export function listSameAddress(
  db: Database,
  { personId, now }: { personId: string; now?: Date | undefined },
): Promise<PersonRow[]> {
  const address = db.select({ email: users.email }).from(users).where(eq(users.id, personId));
  const same = sql`${eq(people.email, address)} and ${ne(people.id, personId)}`;
  return select(db, { condition: sql`${peopleIn({ kind: 'all' })} and ${same}`, limit: PAGE_ROWS, now });
}

async function select(db: Database, { condition, limit, now }: { condition: SQL; limit: number; now: Date | undefined }) {
  const isSinceInvited = or(isNull(people.invitedAt), gte(sessions.createdAt, people.invitedAt));
  const signIns = db
    .select({
      firstAt: sql<Date | null>`min(${sessions.createdAt}) filter (where ${isSinceInvited})`
        .mapWith(sessions.createdAt)
        .as('first_at'),
      lastAt: max(sessions.createdAt).as('last_at'),
    })
    .from(sessions)
    .where(eq(sessions.userId, people.id))
    .as('s');
  return db
    .select({
      now: clock(now),
      id: people.id,
      email: people.email,
      name: people.name,
      role: sql<CustomerRole>`${people.role}`,
      customerId: customers.id,
      customerCode: customers.code,
      customerName: customers.name,
      createdAt: people.createdAt,
      /** Null: invited, and not signed in yet. */
      joinedAt: people.joinedAt,
      removedAt: people.disabledAt,
      invitedAt: people.invitedAt,
      /** Outcome of the newest invitation's mail; null while it is not sent. */
      mail: people.invitationMail,
      mailAt: people.invitationMailAt,
      mailAnswer: people.invitationAnswer,
      /** Since the newest invitation, if there is one. */
      firstSignInAt: signIns.firstAt,
      lastSignInAt: signIns.lastAt,
      assigned: db.$count(entitlementAssignments, eq(entitlementAssignments.userId, people.id)),
      /** Since when signing in takes a second factor; null when it takes none. */
      secondFactorAt: secondFactors.confirmedAt,
    })
    .from(people)
    .innerJoin(customers, eq(customers.id, people.customerId))
    .leftJoin(secondFactors, eq(secondFactors.userId, people.id))
    .leftJoinLateral(signIns, sql`true`)
    .where(condition)
    .orderBy(desc(sql`date_trunc('milliseconds', ${people.createdAt})`), desc(people.id))
    .limit(limit);
}

/** Reads address, role and customer of an account. */
export async function readAccount(db: Database, userId: string) {
  const { id, email, role, customerId } = users;
  const [row] = await db.select({ userId: id, email, role, customerId }).from(users).where(eq(id, userId));
  return row ?? null;
}

/** An administrator as a contact. */
export type AdminRow = Awaited<ReturnType<typeof listAdmins>>[number];

/** Lists at most three administrators of a customer, by name, as contacts. */
export async function listAdmins(db: Database, customerId: string) {
  const { name, email } = users;
  const isAdmin = and(eq(users.customerId, customerId), eq(users.role, 'customer_admin'), eq(users.active, true));
  return db.select({ name, email }).from(users).where(isAdmin).orderBy(name).limit(3);
}

/** What decides whether a person may be changed, in addition to the person. */
export interface PersonStanding extends Record<string, unknown> {
  readonly actorStands: boolean;
  readonly otherAdmins: number;
}

/** Reads whether the actor still is what the session says, and how many other administrators the person's customer has. */
export async function readStanding(
  db: Database,
  look: { personId: string; customerId: string; actorId: string; actorRole: string },
): Promise<PersonStanding> {
  const [row] = await db.execute<PersonStanding>(sql`
    select exists (select from users where id = ${look.actorId}::uuid and role = ${look.actorRole} and active) as "actorStands",
      (select count(*)::integer from users where customer_id = ${look.customerId}::uuid and id <> ${look.personId}::uuid
        and role = 'customer_admin' and active) as "otherAdmins"`);
  if (row === undefined) throw new Error('expected who can change a person, found nothing');
  return row;
}

/** An entitlement of the person's customer, and whether the person may use it. */
export type AssignableRow = Awaited<ReturnType<typeof listAssignable>>[number];

/** Most entitlements shown at once. */
const MOST_ASSIGNABLE = 100;

/** Lists the entitlements of a customer: those assigned to the person first, then the newest. The caller has checked that the person is within the scope. */
export async function listAssignable(
  db: Database,
  { personId, customerId, search }: { personId: string; customerId: string; search: string },
) {
  const { id, orderReference, createdAt } = entitlements;
  const isAssigned = sql<boolean>`${entitlementAssignments.userId} is not null`;
  const assignment = and(eq(entitlementAssignments.entitlementId, id), eq(entitlementAssignments.userId, personId));
  const texts = sql`${products.name}, ${products.code}, ${offerings.edition}, ${orderReference}`;
  const matches = search === '' ? sql`true` : contain(texts, search);
  return db
    .select({ id, productName: products.name, edition: offerings.edition, orderReference, assigned: isAssigned })
    .from(entitlements)
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .leftJoin(entitlementAssignments, assignment)
    .where(and(eq(entitlements.customerId, customerId), matches))
    .orderBy(desc(isAssigned), desc(createdAt), id)
    .limit(MOST_ASSIGNABLE);
}

/** Reads since when accounts are in use and who invited them, by id. An account that nobody has signed in to counts from its creation. */
export async function readKnownAccounts(db: Database, ids: readonly string[]): Promise<Map<string, KnownAccount>> {
  const rows = await db.execute<{ userId: string; joinedAt: string; inviterIds: string[] }>(sql`
    with recursive wanted as (
      select value::uuid as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
    ), invited as (
      select u.id, u.invited_by as inviter from users u join wanted w on w.id = u.id where u.invited_by is not null
      union select i.id, u.invited_by from invited i join users u on u.id = i.inviter where u.invited_by is not null
    )
    select u.id as "userId", coalesce(u.joined_at, u.created_at) as "joinedAt",
      (select coalesce(jsonb_agg(i.inviter), '[]') from invited i where i.id = u.id) as "inviterIds"
    from users u join wanted w on w.id = u.id`);
  return new Map(rows.map((row) => [row.userId, { ...row, joinedAt: new Date(row.joinedAt) }]));
}
