import { sql } from 'drizzle-orm';
import { OWN_OF_EACH_CLONE } from '@/lib/licensing/devices/fingerprint';
import type { DialectId } from '@/lib/licensing/dialects/dialect-id';
import type { Issue, Return } from '@/lib/licensing/exchange/decision';
import type { Json } from '@/lib/licensing/exchange/request';
import type { AllowanceLeft } from '@/lib/licensing/seats/allowance';
import type { SeatOfLookalike } from '@/lib/licensing/seats/lookalike';
import type { ReleaseLimit } from '@/lib/licensing/seats/release-policy';
import type { Database } from '../client';
import { heldSeats } from '../entitlements/entitlement-json';
import { isLostRace } from '../postgres-error';
import { toRowJson } from '../row';
import type { activations, leases } from '../schema/activations';
import type { devices } from '../schema/devices';
import type { AuditEntry, ExchangeEntry } from './exchange-entry';

/** `stale`: something the decision assumed no longer holds; nothing was written. Read and decide again. */
export type CommitOutcome = 'done' | 'stale';

type Device = typeof devices.$inferInsert;
type Activation = typeof activations.$inferInsert;

/** The device as it is to be written with a lease. */
export interface DeviceEntry extends Readonly<Omit<Device, 'id' | 'firstSeenAt' | 'lastSeenAt'>> {
  readonly id: string;
  readonly isNew: boolean;
  readonly components: Readonly<Record<string, string>>;
  /** The components that count: how many of them make two fingerprints the same device, and which must match. */
  readonly counted: Readonly<Record<string, string>>;
  readonly required: number;
  readonly must: readonly string[];
  /** Devices the decision compared with: any other that shares enough components makes it stale. */
  readonly compared: readonly string[];
}

export interface IssueCommit {
  readonly at: Date;
  readonly decision: Issue;
  readonly customerId: string;
  readonly entitlementId: string;
  readonly revision: number;
  readonly deviceId: string;
  readonly activationId: string;
  /** The device's activation before, whose lease sequence the decision assumed. */
  readonly current: { readonly id: string; readonly leaseSequence: number } | null;
  /** What happens to the seat of `current` if it is another activation than the one written; null if it is the same. */
  readonly olderSeat: SeatOfLookalike | null;
  /** Checked again when a seat moves or is taken. */
  readonly reinstalls: Pick<AllowanceLeft, 'times' | 'since'>;
  readonly releaseLimit: ReleaseLimit | null;
  /** The code of the request, if it has seats of its own to count against; null otherwise, and in a refresh. */
  readonly codeId: string | null;
  /** Null in a refresh: what is known of device and key stays. */
  readonly device: DeviceEntry | null;
  readonly key: Readonly<
    Pick<Activation, 'dialect' | 'deviceKey' | 'deviceJwk' | 'replyTo' | 'fingerprint' | 'earlierFingerprints'>
  > | null;
  readonly exchange: ExchangeEntry;
  readonly audit: AuditEntry;
}

/** Calls a commit function (`db/functions`). A race lost on a lock or a constraint is `stale`, as is one that the function detects. */
export async function callCommit(
  db: Database,
  name:
    | 'commit_issue'
    | 'commit_bundle'
    | 'commit_return'
    | 'commit_release'
    | 'undo_release'
    | 'open_claim'
    | 'close_claim'
    | 'commit_document',
  parameter: unknown,
): Promise<CommitOutcome> {
  try {
    const rows = await db.execute<{ outcome: CommitOutcome }>(
      sql`select ${sql.raw(name)}(${JSON.stringify(parameter)}::jsonb) as outcome`,
    );
    return rows[0]?.outcome ?? 'stale';
  } catch (error) {
    if (isLostRace(error)) return 'stale';
    throw error;
  }
}

/** Writes activation, lease, device, exchange and audit row in one statement, if what was decided on still holds. */
export function commitIssue(db: Database, commit: IssueCommit): Promise<CommitOutcome> {
  return callCommit(db, 'commit_issue', issueJson(commit));
}

/** As {@link commitIssue}, for one entitlement or all of a bundle, of one device: all in one statement, or nothing. */
export function commitIssues(db: Database, commits: readonly IssueCommit[]): Promise<CommitOutcome> {
  const [only] = commits;
  if (only !== undefined && commits.length === 1) return commitIssue(db, only);
  return callCommit(db, 'commit_bundle', { lines: commits.map(issueJson) });
}

function issueJson(commit: IssueCommit) {
  const { at, decision, current, device, key, exchange } = commit;
  const { activationId, customerId, entitlementId, deviceId, codeId } = commit;
  const { sequence, startsAt, endsAt, graceEndsAt } = decision.lease;
  const activation: Partial<Activation> = {
    id: activationId,
    customerId,
    entitlementId,
    deviceId,
    codeId,
    state: 'active',
    leaseSequence: sequence,
    leaseStartsAt: startsAt,
    leaseEndsAt: endsAt,
    graceEndsAt,
    runsOutAt: decision.runsOutAt,
    activatedAt: at,
    activatedBy: exchange.userId,
    ...key,
  };
  const lease: typeof leases.$inferInsert = { customerId, activationId, exchangeId: exchange.id, ...decision.lease };
  return {
    at,
    revision: commit.revision,
    current_id: current?.id ?? null,
    current_sequence: current?.leaseSequence ?? null,
    older_seat: commit.olderSeat,
    reinstalls: commit.reinstalls,
    release_limit: commit.releaseLimit,
    takes_seat: decision.takesSeat,
    starts_term: decision.startsTerm,
    term: { starts_at: decision.term.startsAt, ends_at: decision.term.endsAt },
    activation: toRowJson(activation),
    lease: toRowJson(lease),
    device: device && deviceJson(device, at),
    exchange: toRowJson(exchange),
    audit: toRowJson(commit.audit),
  };
}

function deviceJson(device: DeviceEntry, at: Date) {
  const own = OWN_OF_EACH_CLONE.filter((name) => name in device.counted);
  return toRowJson({ firstSeenAt: at, lastSeenAt: at, own, ...device });
}

/** Deactivates with a device's proof: frees the seat, and writes exchange and audit row in the same statement. */
export function commitReturn(
  db: Database,
  commit: {
    at: Date;
    decision: Return;
    customerId: string;
    entitlementId: string;
    /** Of the activation, as it was when the proof was decided on. */
    leaseSequence: number;
    usage: Readonly<Record<string, number>>;
    reason: string | null;
    returns: Pick<AllowanceLeft, 'times' | 'since'>;
    /** Activations given up at the time of the decision; null: not checked. */
    givenUp: number | null;
    /** What is stored with the activation from now on; null: as before. */
    replyTo: Json;
    exchange: ExchangeEntry;
    audit: AuditEntry;
  },
): Promise<CommitOutcome> {
  return callCommit(db, 'commit_return', {
    at: commit.at,
    customer_id: commit.customerId,
    entitlement_id: commit.entitlementId,
    activation_id: commit.decision.activationId,
    lease_sequence: commit.leaseSequence,
    frees_seat: commit.decision.freesSeat,
    held_until: commit.decision.heldUntil,
    returns: commit.returns,
    given_up: commit.givenUp,
    usage: commit.usage,
    reason: commit.reason,
    ...(commit.replyTo !== null && { reply_to: commit.replyTo }),
    exchange: toRowJson(commit.exchange),
    audit: toRowJson(commit.audit),
  });
}

/** Records a file that changed nothing, with its audit row. `cameBackId`: a released activation whose device came back. */
export async function recordAttempt(
  db: Database,
  attempt: { exchange: ExchangeEntry; audit: AuditEntry; cameBackId: string | null },
): Promise<void> {
  await db.execute(
    sql`select record_attempt(${JSON.stringify(toRowJson(attempt.exchange))}::jsonb, ${JSON.stringify(toRowJson(attempt.audit))}::jsonb, ${attempt.cameBackId}::uuid)`,
  );
}

/** The assumptions of a grant or a renewal that are checked again before the reply is sealed. */
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
 * Returns whether the assumptions of a decision still hold. A cheap check without a lock, before the expensive signature: false means that the
 * commit would be `stale`; true promises nothing, since only the commit decides.
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
