import { sql } from 'drizzle-orm';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Database } from '../client';
import { heldSeats } from '../entitlements/entitlement-json';
import type { IssueCommit } from './commit';

/** What a grant or a renewal assumes, as far as it is looked at again before it is sealed. */
export interface IssueAssumed extends Pick<IssueCommit, 'at' | 'entitlementId' | 'revision' | 'codeId'> {
  /** Null in a refresh. */
  readonly requestKey: string | null;
  readonly takesSeat: boolean;
  readonly dialect: DialectId;
  readonly deviceKey: string;
  /** The activation that goes on, or whose seat this one takes; null when the device has none. */
  readonly current: IssueCommit['current'];
}

/**
 * Says whether what was decided on is still so, without a lock: a cheap look before something dear is done for it. Only the commit decides.
 * Whatever this finds missing would be `stale` there.
 */
export async function issueStillHolds(db: Database, assumed: IssueAssumed): Promise<boolean> {
  const { at, entitlementId, revision, codeId, requestKey, takesSeat, dialect, deviceKey, current } = assumed;
  const now = sql`${at.toISOString()}::timestamptz`;
  const currentId = sql`${current?.id ?? null}::uuid`;
  // A release that has run out is written down by the commit itself.
  const isLive = sql`(a.state in ('active', 'lease_expired') or (a.state = 'releasing' and a.runs_out_at > ${now}))`;
  const rows = await db.execute<{ holds: boolean }>(sql`
    select e.revision = ${revision}
      and not exists (select from exchanges x where x.request_key = ${requestKey}::text and x.outcome in ('granted', 'renewed', 'returned'))
      and (not ${takesSeat}::boolean or ${heldSeats(now)} < e.seats_cap)
      and case when ${currentId} is null
        then not exists (select from activations a where a.device_key = ${deviceKey} and a.dialect = ${dialect} and a.entitlement_id = e.id
          and ${isLive})
        else exists (select from activations a where a.id = ${currentId} and a.lease_sequence = ${current?.leaseSequence ?? null}::integer
          and ${isLive}) end
      and not code_is_full(e.id, ${codeId}::uuid, ${currentId}) as holds
    from entitlements e where e.id = ${entitlementId}::uuid`);
  return rows[0]?.holds ?? false;
}
