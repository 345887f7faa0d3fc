import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { peopleIn } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';
import { clock } from '../clock';

const personFromJson = z.object({
  now: instantFromJson,
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(['member', 'customer_admin']),
  customerId: z.string(),
  customerCode: z.string(),
  customerName: z.string(),
  createdAt: instantFromJson,
  /** Null: invited, and not here yet. */
  joinedAt: instantFromJson.nullable(),
  removedAt: instantFromJson.nullable(),
  invitedAt: instantFromJson.nullable(),
  /** What became of the newest invitation's mail; null while it was not sent yet. */
  mail: z.enum(['accepted', 'refused', 'failed']).nullable(),
  mailAt: instantFromJson.nullable(),
  mailAnswer: z.string().nullable(),
  /** Since the newest invitation, if there is one. */
  firstSignInAt: instantFromJson.nullable(),
  lastSignInAt: instantFromJson.nullable(),
  assigned: z.int(),
  /** Since when signing in takes a second factor; null when it takes none. */
  secondFactorAt: instantFromJson.nullable(),
});

/** Somebody of a customer, as listed. */
export type PersonRow = z.output<typeof personFromJson>;

const personJson = (
  now: Date | undefined,
) => sql`jsonb_build_object('now', ${clock(now)}, 'id', u.id, 'email', u.email, 'name', u.name,
  'role', u.role, 'customerId', u.customer_id, 'customerCode', c.code, 'customerName', c.name,
  'createdAt', date_trunc('milliseconds', u.created_at), 'joinedAt', u.joined_at, 'removedAt', u.disabled_at,
  'invitedAt', u.invited_at, 'mail', u.invitation_mail, 'mailAt', u.invitation_mail_at, 'mailAnswer', u.invitation_answer,
  'firstSignInAt', s.first_at, 'lastSignInAt', s.last_at,
  'assigned', (select count(*) from entitlement_assignments ea where ea.user_id = u.id),
  'secondFactorAt', (select f.confirmed_at from second_factors f where f.user_id = u.id))`;

const personJoins = sql`join customers c on c.id = u.customer_id left join lateral (
  select min(created_at) filter (where u.invited_at is null or created_at >= u.invited_at) as first_at, max(created_at) as last_at
  from sessions where user_id = u.id) s on true`;

/** Which page of people. */
export interface PeoplePage {
  readonly after: { readonly createdAt: Date; readonly id: string } | null;
  /** Part of a name, an address or a customer's name. */
  readonly search: string;
}

/** Lists people within the scope, newest first. Asks for one more than a page, which tells whether there is a next one. */
export async function listPeople(
  db: Database,
  { scope, page, now }: { scope: Scope; page: PeoplePage; now?: Date | undefined },
): Promise<PersonRow[]> {
  const { after, search } = page;
  const start =
    after === null
      ? sql`true`
      : sql`(date_trunc('milliseconds', u.created_at), u.id) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const matches = search === '' ? sql`true` : sql`concat_ws(' ', u.name, u.email, c.name, c.code) ilike ${pattern}`;
  const condition = sql`${peopleIn(scope)} and ${start} and ${matches}`;
  return select(db, { condition, limit: PAGE_ROWS + 1, now });
}

/** One person within the scope. */
export async function readPerson(
  db: Database,
  { scope, personId, now }: { scope: Scope; personId: string; now?: Date | undefined },
): Promise<PersonRow | null> {
  const [row] = await select(db, { condition: sql`u.id = ${personId}::uuid and ${peopleIn(scope)}`, limit: 1, now });
  return row ?? null;
}

/** The other people of all customers who have the address of one, newest first. For those who see all. */
export function listSameAddress(
  db: Database,
  { personId, now }: { personId: string; now?: Date | undefined },
): Promise<PersonRow[]> {
  const same = sql`u.email = (select email from users where id = ${personId}::uuid) and u.id <> ${personId}::uuid`;
  return select(db, { condition: sql`${peopleIn({ kind: 'all' })} and ${same}`, limit: PAGE_ROWS, now });
}

async function select(
  db: Database,
  { condition, limit, now }: { condition: SQL; limit: number; now: Date | undefined },
): Promise<PersonRow[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select ${personJson(now)} as found from users u ${personJoins}
    where ${condition} order by date_trunc('milliseconds', u.created_at) desc, u.id desc limit ${limit}`);
  return rows.map((row) => personFromJson.parse(row.found));
}

const standingFromJson = z.object({ actorStands: z.boolean(), otherAdmins: z.int() });

/** What decides whether a person may be changed, beside the person. */
export type PersonStanding = z.output<typeof standingFromJson>;

/** Reads whether the actor still is what the session says, and how many other administrators the person's customer has. */
export async function readStanding(
  db: Database,
  look: { personId: string; customerId: string; actorId: string; actorRole: string },
): Promise<PersonStanding> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object(
      'actorStands', exists (select from users where id = ${look.actorId}::uuid and role = ${look.actorRole} and active),
      'otherAdmins', (select count(*) from users where customer_id = ${look.customerId}::uuid and id <> ${look.personId}::uuid
        and role = 'customer_admin' and active)) as found`);
  return standingFromJson.parse(rows[0]?.found);
}

const assignableFromJson = z.object({
  id: z.string(),
  productName: z.string(),
  edition: z.string(),
  orderReference: z.string(),
  assigned: z.boolean(),
});

/** An entitlement of the person's customer, and whether the person may use it. */
export type AssignableRow = z.output<typeof assignableFromJson>;

/** Most entitlements shown at once. */
const MOST_ASSIGNABLE = 100;

/** The entitlements of a customer: those the person may use first, then the newest. The caller has checked that the person is within the scope. */
export async function listAssignable(
  db: Database,
  { personId, customerId, search }: { personId: string; customerId: string; search: string },
): Promise<AssignableRow[]> {
  const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const matches = search === '' ? sql`true` : sql`concat_ws(' ', p.name, p.code, o.edition, e.order_reference) ilike ${pattern}`;
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('id', e.id, 'productName', p.name, 'edition', o.edition, 'orderReference', e.order_reference,
      'assigned', ea.user_id is not null) as found
    from entitlements e join offerings o on o.id = e.offering_id join products p on p.id = o.product_id
      left join entitlement_assignments ea on ea.entitlement_id = e.id and ea.user_id = ${personId}::uuid
    where e.customer_id = ${customerId}::uuid and ${matches}
    order by ea.user_id is null, e.created_at desc, e.id limit ${MOST_ASSIGNABLE}`);
  return rows.map((row) => assignableFromJson.parse(row.found));
}
