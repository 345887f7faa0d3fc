import type { SQL } from 'drizzle-orm';
import { and, count, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../client';
import { activations } from '../schema/activations';
import { offerings, products } from '../schema/catalogue';
import { devices } from '../schema/devices';
import { customers, users } from '../schema/people';
import type { Scope } from '../scope';
import { claimsIn, scoped } from '../scope';
import { PAGE_ROWS } from '../seats/list-activations';

// States are literals below: the planner does not use a partial index for a parameter.
const { claims, entitlements } = scoped;
const claimants = alias(users, 'cu');
const deciders = alias(users, 'du');

/** A claim as it is listed. */
export type ListedClaim = Awaited<ReturnType<typeof listOpenClaims>>[number];

/** Which page of a list of claims. */
interface ClaimPage {
  readonly scope: Scope;
  readonly after: { readonly at: Date; readonly id: string } | null;
}

/** Lists open claims, oldest first. Reads one row more than a page, which shows whether there is a next page. */
export async function listOpenClaims(db: Database, { scope, after }: ClaimPage) {
  const { openedAt, id, state } = claims;
  const start =
    after === null ? sql`true` : sql`(${openedAt}, ${id}) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return select(db, sql`${claimsIn(scope)} and ${state} = 'open' and ${start}`).orderBy(openedAt, id);
}

/** Lists closed claims, newest first. Reads one row more than a page, which shows whether there is a next page. */
export async function listClosedClaims(db: Database, { scope, after }: ClaimPage) {
  const { decidedAt, id, state } = claims;
  const start =
    after === null ? sql`true` : sql`(${decidedAt}, ${id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return select(db, sql`${claimsIn(scope)} and ${state} <> 'open' and ${start}`).orderBy(desc(decidedAt), desc(id));
}

function select(db: Database, condition: SQL) {
  const { customerId, ...claim } = getTableColumns(claims);
  return db
    .select({
      claim: { ...claim, claimantName: claimants.name, decidedByName: deciders.name },
      deviceId: devices.id,
      deviceName: devices.name,
      productName: products.name,
      customerName: customers.name,
      activationState: activations.state,
    })
    .from(claims)
    .innerJoin(activations, eq(activations.id, claim.activationId))
    .innerJoin(entitlements, eq(entitlements.id, activations.entitlementId))
    .innerJoin(offerings, eq(offerings.id, entitlements.offeringId))
    .innerJoin(products, eq(products.id, offerings.productId))
    .innerJoin(devices, eq(devices.id, activations.deviceId))
    .innerJoin(customers, eq(customers.id, customerId))
    .innerJoin(claimants, eq(claimants.id, claim.claimantId))
    .leftJoin(deciders, eq(deciders.id, claim.decidedBy))
    .where(condition)
    .limit(PAGE_ROWS + 1)
    .$dynamic();
}

/** Counts the open claims within the scope, except those of one person. */
export async function countOpenClaims(
  db: Database,
  { scope, exceptOf }: { scope: Scope; exceptOf: string | null },
): Promise<number> {
  const others = sql`${claims.claimantId} is distinct from ${exceptOf}::uuid`;
  const [row] = await db
    .select({ count: count() })
    .from(claims)
    .innerJoin(activations, eq(activations.id, claims.activationId))
    .innerJoin(entitlements, eq(entitlements.id, activations.entitlementId))
    .where(and(sql`${claims.state} = 'open'`, others, claimsIn(scope)));
  return row?.count ?? 0;
}
