import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { ACTIVATION_STATES } from '@/lib/licensing/seats/activation';
import type { Database } from '../client';
import type { Scope } from '../scope';
import { claimsIn } from '../scope';
import { PAGE_ROWS, seatJoins } from '../seats/list-activations';
import { claimFromJson, claimJson, claimPeople } from './claim-json';

const listedFromJson = z.object({
  claim: claimFromJson,
  deviceId: z.string(),
  deviceName: z.string(),
  productName: z.string(),
  customerName: z.string(),
  activationState: z.enum(ACTIVATION_STATES),
});

/** A claim as it is listed. */
export type ListedClaim = z.output<typeof listedFromJson>;

/** Which page of a list of claims. */
interface ClaimPage {
  readonly scope: Scope;
  readonly after: { readonly at: Date; readonly id: string } | null;
}

/** Open claims, the one that has waited longest first. Asks for one more than a page, which tells whether there is a next one. */
export function listOpenClaims(db: Database, { scope, after }: ClaimPage): Promise<ListedClaim[]> {
  const start =
    after === null ? sql`true` : sql`(cl.opened_at, cl.id) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return select(db, scope, sql`cl.state = 'open' and ${start} order by cl.opened_at, cl.id limit ${PAGE_ROWS + 1}`);
}

/** Claims that are closed, newest first. Asks for one more than a page, which tells whether there is a next one. */
export function listClosedClaims(db: Database, { scope, after }: ClaimPage): Promise<ListedClaim[]> {
  const start =
    after === null ? sql`true` : sql`(cl.decided_at, cl.id) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  return select(db, scope, sql`cl.state <> 'open' and ${start} order by cl.decided_at desc, cl.id desc limit ${PAGE_ROWS + 1}`);
}

async function select(db: Database, scope: Scope, condition: SQL): Promise<ListedClaim[]> {
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('claim', ${claimJson}, 'deviceId', d.id, 'deviceName', d.name, 'productName', p.name,
      'customerName', cc.name, 'activationState', a.state) as found
    from claims cl join activations a on a.id = cl.activation_id ${seatJoins} join customers cc on cc.id = cl.customer_id ${claimPeople}
    where ${claimsIn(scope)} and ${condition}`);
  return rows.map((row) => listedFromJson.parse(row.found));
}

/** How many open claims the scope holds that somebody else than this person made. */
export async function countOpenClaims(db: Database, input: { scope: Scope; exceptOf: string | null }): Promise<number> {
  const rows = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from claims cl join activations a on a.id = cl.activation_id join entitlements e on e.id = a.entitlement_id
    where cl.state = 'open' and cl.claimant_id is distinct from ${input.exceptOf}::uuid and ${claimsIn(input.scope)}`);
  return rows[0]?.count ?? 0;
}
