import type { SQL } from 'drizzle-orm';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Allowances } from '@/lib/licensing/seats/allowance';
import { rowJson, rowSchema } from '../row';
import { entitlements } from '../schema/entitlements';

/** The columns of allowances. */
export const ALLOWANCE_COLUMNS = { reinstallLimit: true, reinstallDays: true, returnLimit: true, returnDays: true } as const;

const columns = rowSchema(entitlements).pick(ALLOWANCE_COLUMNS);

/** JSON of the allowances of an entitlement `e`, as {@link allowancesFromJson} reads it. */
export const allowancesJson = rowJson(entitlements, 'e', columns);

export const allowancesFromJson = columns.transform((row) => ({
  reinstalls: { times: row.reinstallLimit, days: row.reinstallDays },
  returns: { times: row.returnLimit, days: row.returnDays },
})) satisfies z.ZodType<Allowances>;

/** How long a freed seat may count at most: a lease with its grace, or the days that the vendor set, and four days of margin. */
const COUNTED_SPAN = sql`coalesce(make_interval(days => e.reinstall_days), coalesce(e.offline_lease_period, 'P0D')::interval + coalesce(e.grace_period, 'P0D')::interval) + interval '4 days'`;

/** Seats of an entitlement `e` that came free without a proof before their lease ran out, if they may count at `now`. */
export function freedJson(now: SQL): SQL {
  return sql`(select coalesce(jsonb_agg(jsonb_build_object('at', f.freed_at, 'runsOutAt', f.runs_out_at)), '[]') from activations f
    where f.entitlement_id = e.id and f.release_kind = 'released' and f.freed_at is not null
      and (f.runs_out_at > ${now} or f.freed_at > ${now} - (${COUNTED_SPAN})))`;
}

/** Instants of returns on an entitlement `e` that freed a seat whose lease ran on, if they may count at `now`. */
export function returnedAtsJson(now: SQL): SQL {
  return sql`(select coalesce(jsonb_agg(f.freed_at), '[]') from activations f
    where f.entitlement_id = e.id and f.release_kind = 'deactivated'
      and f.freed_at > ${now} - (coalesce(make_interval(days => e.return_days), least(coalesce(e.offline_lease_period, 'P0D')::interval + coalesce(e.grace_period, 'P0D')::interval, interval '366 days')) + interval '4 days'))`;
}
