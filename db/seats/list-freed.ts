import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../client';
import { instantFromJson } from '../row';
import type { Scope } from '../scope';
import { devicesIn, entitlementsIn } from '../scope';
import { returnedAtsJson } from './allowance-json';

/** Most machines that are listed. */
const MOST_NAMED = 50;

const freed = z.object({
  activationId: z.string(),
  /** Null when the scope does not see it. */
  device: z.object({ id: z.string(), name: z.string() }).nullable(),
  freedAt: instantFromJson,
  runsOutAt: instantFromJson,
  /** Its seat moved to a newer installation; otherwise it was released. */
  wasSetUpAnew: z.boolean(),
});

const found = z.object({
  machines: z.array(freed),
  /** Instants of returns that may count against what is allowed. */
  returnedAts: z.array(instantFromJson),
});

/** A machine that may run although its seat came free. */
export type FreedMachine = z.output<typeof freed>;

/** Reads the machines that may run on an entitlement without a seat, by the end of their lease; and the returns that may count. */
export async function readFreed(
  db: Database,
  { scope, entitlementId, now }: { scope: Scope; entitlementId: string; now: Date },
): Promise<z.output<typeof found>> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await db.execute<{ found: unknown }>(sql`
    select jsonb_build_object('returnedAts', ${returnedAtsJson(at)}, 'machines', (
      select coalesce(jsonb_agg(m.machine), '[]') from (
        select jsonb_build_object('activationId', a.id, 'freedAt', a.freed_at, 'runsOutAt', a.runs_out_at, 'wasSetUpAnew', a.replaced_by is not null,
          'device', case when ${devicesIn(scope)} then jsonb_build_object('id', d.id, 'name', d.name) end) as machine
        from activations a join devices d on d.id = a.device_id
        where a.entitlement_id = e.id and a.release_kind = 'released' and a.freed_at is not null and a.runs_out_at > ${at}
        order by a.runs_out_at, a.freed_at, a.id limit ${MOST_NAMED}) m)) as found
    from entitlements e where e.id = ${entitlementId}::uuid and ${entitlementsIn(scope)}`);
  return rows[0] ? found.parse(rows[0].found) : { machines: [], returnedAts: [] };
}
