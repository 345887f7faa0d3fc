import { decideApproval } from '../../claims/lost-device-claim';
import type { Fingerprint } from '../../devices/fingerprint';
import { countedFingerprint, recogniseDevice } from '../../devices/fingerprint';
import { decideActivation, decideRepeat, earlierFingerprints, goingOn, rulesFor } from '../../exchange/decide-activation';
import { decideDeactivation } from '../../exchange/decide-deactivation';
import type { Issue, Reject, Release } from '../../exchange/decision';
import type { ActivationRequest } from '../../exchange/request';
import { decideRefresh } from '../../leases/decide-refresh';
import { possiblyRunning } from '../../seats/allowance';
import { decideRelease } from '../../seats/decide-release';
import { decideUndo } from '../../seats/decide-undo';
import type { Releaser, ReleasingRole } from '../../seats/release-policy';
import { makeProof, makeRequest } from '../cases';
import type { Device, Person, Row, Sold, Tables } from './rows';
import { fingerprintOf, holds, lives, makeTables } from './rows';
import type { Rules } from './rules';
import type { DialectOfModel } from './world';

/** A file that some machine wrote. */
export interface File {
  readonly id: number;
  readonly dialect: DialectOfModel;
  readonly entitlementId: string;
  readonly deviceKey: string;
  readonly code: number;
  readonly fingerprint: Fingerprint;
  readonly writtenAt: number;
}

/** An answer: what it runs on, and until when. */
export interface Given {
  readonly entitlementId: string;
  readonly dialect: DialectOfModel;
  readonly fingerprint: Fingerprint;
  readonly required: number;
  readonly runsOutAt: Date;
}

/** A seat that came free with a proof. */
export interface Returned {
  readonly row: Row;
  readonly at: Date;
  readonly runsOutAt: Date;
  /** The file was written after every activation that was answered for the device. */
  readonly isLater: boolean;
}

const ROLE_OF: Readonly<Record<Exclude<Person, 'guest'>, ReleasingRole>> = {
  member: 'member',
  admin: 'customer_admin',
  support: 'support',
};

const codeOf = ({ rejection }: Reject): string => rejection.code;

/** The portal: the rules, and commits with the guards that SQL has. Acts answer `done`, `repeated`, the code of a refusal, or `stale`. */
export interface Portal {
  readonly tables: Tables;
  readonly given: readonly Given[];
  readonly returned: readonly Returned[];
  activate(file: File, how: { by: Person; isAnother: boolean }, now: Date): string;
  deactivate(file: Omit<File, 'fingerprint'>, activation: Row | null, now: Date): string;
  refresh(row: Row, now: Date): string;
  release(row: Row, by: Person, now: Date): string;
  claim(row: Row, by: Person, now: Date): string;
  approve(by: 'admin' | 'support', now: Date): string;
  undo(row: Row, by: Person, now: Date): string;
}

export function makePortal(sold: Sold, rules: Rules): Portal {
  const tables = makeTables(sold);
  const given: Given[] = [];
  const returned: Returned[] = [];
  const answered = new Map<string, Row>();

  /** Answers an activation request, as lib/operations/exchange/evaluate-activation.ts decides it. */
  function activate(file: File, { by, isAnother }: { by: Person; isAnother: boolean }, now: Date): string {
    const request = requestOf(file);
    const before = answered.get(requestKey(file, 'activation'));
    if (before !== undefined) {
      const decided = decideRepeat({ exchangeId: 'x', payloadDigest: 'd', activation: before }, { payloadDigest: 'd' }, now);
      return decided.outcome === 'reject' ? codeOf(decided) : 'repeated';
    }
    if (!sold.dialects.includes(file.dialect)) return 'other-kind-of-file';

    const product = rulesFor(rules.product, request);
    const seen = countedFingerprint(file.fingerprint, product);
    const newest = tables.rows.findLast((row) => row.dialect === file.dialect && row.deviceKey === file.deviceKey) ?? null;
    const ofThisKey = goingOn(newest, request, now);
    const known = knownDevice(newest, { file, product });
    const ofKnown = known === null || isAnother ? null : activationOn(known, file, ofThisKey);
    const looksLike = ofThisKey ?? ofKnown;
    const { id: entitlementId } = entitlementOf(file.entitlementId);
    const seats = seatCase(entitlementId, now);
    const decision = decideActivation({
      request,
      ...seats,
      product,
      leaseTerms: leaseTerms(file.dialect),
      ofThisKey: ofThisKey && rules.comparedByKey(ofThisKey, seen),
      ofThisDevice: ofKnown && rules.comparedByName(ofKnown, seen, request.keyIsOf),
      takeOver: rules.takeOver({
        policy: sold.policy,
        releaser: by === 'guest' ? null : releaserOf(by, looksLike),
        releasedAts: tables.releasedAts(entitlementId),
        reinstalls: seats.reinstalls,
      }),
    });
    if (decision.outcome === 'reject') return codeOf(decision);
    const isApart = (isAnother && ofThisKey === null) || decision.lookalike?.seat === 'kept';
    const current = isApart ? null : looksLike;
    const refused = refuseIssue(file.dialect, { entitlementId, code: file.code, current, seen });
    if (refused !== null) return refused;
    return commitIssue({ file, by, seen, decision, current, known: isApart ? null : known, product, now });
  }

  /** Answers a proof, or a file that is handed in as one. */
  function deactivate(file: Omit<File, 'fingerprint'>, activation: Row | null, now: Date): string {
    const ofKey = tables.rows.findLast((row) => row.dialect === file.dialect && row.deviceKey === file.deviceKey) ?? null;
    const row = activation ?? ofKey;
    const before = answered.get(requestKey(file, 'deactivation'));
    const returns = rules.returnsLeft(sold.entitlement, row ? tables.returnedAts(row.entitlementId) : [], now);
    const proof = makeProof({ deviceKey: file.deviceKey, activationId: row?.id ?? null, payloadDigest: 'd' });
    const repeats = before === undefined ? null : { exchangeId: 'x', payloadDigest: 'd' };
    const decision = decideDeactivation({ proof, activation: row, answered: repeats, returns, mayMove: true, now });
    if (decision.outcome === 'reject') return codeOf(decision);
    if (decision.outcome === 'repeat' || row === null) return 'repeated';
    const answeredAts = tables.rows.filter(({ deviceKey }) => deviceKey === file.deviceKey).flatMap((one) => one.answeredAts);
    if (file.dialect === 'licensespring' && !rules.isLater(file.writtenAt, answeredAts)) return 'file-predates-activation';

    // commit_return
    if (!lives(row) || (row.state !== 'lease_expired') !== (decision.freesSeat || decision.heldUntil !== null)) return 'stale';
    const { since } = returns;
    const used = tables.returnedAts(row.entitlementId).filter((at) => at > since).length;
    if (decision.freesSeat && rules.returnTimes(sold.entitlement) <= used) return 'stale';
    row.state = decision.heldUntil === null ? 'released' : 'releasing';
    row.releasedAt = now;
    row.releaseKind = 'deactivated';
    row.freedAt = decision.freesSeat ? now : null;
    answered.set(requestKey(file, 'deactivation'), row);
    const isLater = file.dialect === 'native' || answeredAts.every((at) => at < file.writtenAt);
    if (decision.freesSeat) returned.push({ row, at: now, runsOutAt: row.runsOutAt, isLater });
    return 'done';
  }

  function refresh(row: Row, now: Date): string {
    const decision = decideRefresh({
      activation: row,
      ...seatCase(row.entitlementId, now),
      leaseTerms: leaseTerms(row.dialect),
    });
    if (decision.outcome === 'reject') return codeOf(decision);
    const { entitlementId, code, fingerprint } = row;
    const refused = refuseIssue(row.dialect, { entitlementId, code, current: row, seen: fingerprint });
    if (refused !== null) return refused;
    if (decision.takesSeat && !takeSeat(row.entitlementId, now)) return 'stale';
    row.state = 'active';
    give(row, { decision, seen: fingerprint, now });
    return 'done';
  }

  function release(row: Row, by: Person, now: Date): string {
    if (by === 'guest') return 'not-allowed';
    const decision = decideRelease({ activation: row, releaser: releaserOf(by, row), ...releaseCase(row, now) });
    if (decision.outcome === 'reject') return codeOf(decision);
    if (decision.outcome === 'ask') return 'release-needs-approval';
    return commitRelease(row, { decision, by, now });
  }

  function claim(row: Row, by: Person, now: Date): string {
    if (by === 'guest') return 'not-allowed';
    const decision = decideRelease({ activation: row, releaser: releaserOf(by, row), ...releaseCase(row, now) });
    if (decision.outcome === 'reject') return codeOf(decision);
    if (decision.outcome === 'release') return 'approval-not-needed';
    if (tables.claims.some((claim) => claim.row === row && claim.state === 'open')) return 'claim-open';
    tables.claims.push({ row, by, state: 'open' });
    return 'done';
  }

  function approve(by: 'admin' | 'support', now: Date): string {
    const claim = tables.claims.findLast(({ state }) => state === 'open');
    if (claim === undefined) return 'nothing';
    const { row } = claim;
    const decision = decideApproval({
      claim: { id: 'c', claimantId: claim.by, state: claim.state },
      approver: { role: by === 'admin' ? 'customer_admin' : 'support', userId: by },
      ties: [],
      activation: row,
      ...releaseCase(row, now),
    });
    if (decision.outcome === 'reject') return codeOf(decision);
    const done = commitRelease(row, { decision, by, now });
    if (done === 'done') claim.state = 'approved';
    return done;
  }

  function undo(row: Row, by: Person, now: Date): string {
    if (by === 'guest') return 'not-allowed';
    const isGuarded = rules.undoIsGuarded;
    const isFull = isGuarded && tables.codeIsFull(row.entitlementId, row.code, row);
    const isMachineElsewhere = isGuarded && tables.machineIsElsewhere(row.entitlementId, row.fingerprint);
    const decision = decideUndo({
      activation: row,
      undoer: { role: ROLE_OF[by], isReleaser: row.releasedBy === by },
      isSeatFree: tables.seatsHeld(row.entitlementId) < tables.cap() && !isFull,
      isSuperseded: tables.isSuperseded(row),
      isMachineElsewhere,
      now,
    });
    if (decision.outcome === 'reject') return codeOf(decision);

    // undo_release
    const { freedAt } = row;
    row.freedAt = null;
    if (decision.takesSeat && (isFull || !takeSeat(row.entitlementId, now) || isMachineElsewhere)) {
      row.freedAt = freedAt;
      return 'stale';
    }
    row.state = decision.state;
    row.releasedAt = null;
    row.releasedBy = null;
    row.releaseKind = null;
    return 'done';
  }

  function entitlementOf(id: string) {
    return { ...sold.entitlement, id };
  }

  function seatCase(entitlementId: string, now: Date) {
    const freed = tables.freed(entitlementId);
    const entitlement = entitlementOf(entitlementId);
    const reinstalls = rules.reinstallsLeft(entitlement, freed, now);
    return { entitlement, seatsHeld: tables.seatsHeld(entitlementId), freed, usage: {}, now, reinstalls };
  }

  function releaseCase({ entitlementId }: Row, now: Date) {
    const { policy } = tables.sold;
    return {
      policy,
      releasedAts: tables.releasedAts(entitlementId),
      reinstalls: seatCase(entitlementId, now).reinstalls,
      now,
    };
  }

  function requestOf({ id, dialect, deviceKey, fingerprint }: File): ActivationRequest {
    const isNative = dialect === 'native';
    return makeRequest({
      dialect,
      requestId: `${id}`,
      deviceKey,
      device: { name: 'm', platform: 'p', hostname: null, appVersion: null, fingerprint },
      fingerprintRequired: isNative ? null : 1,
      keyIsOf: isNative ? 'activation' : 'device',
    });
  }

  function requestKey({ id, dialect }: Pick<File, 'id' | 'dialect'>, kind: string): string {
    return rules.keyOfFile(id, dialect === 'native' ? '' : kind);
  }

  /** Files of software built for Keygen know no grace. */
  function leaseTerms(dialect: DialectOfModel) {
    return dialect === 'keygen' ? { requestedLease: null, hasGrace: false } : undefined;
  }

  function knownDevice(ofKey: Row | null, { file, product }: { file: File; product: Rules['product'] }): Device | null {
    if (ofKey !== null) return tables.devices.find(({ id }) => id === ofKey.deviceId) ?? null;
    const candidates = tables.candidates((dialect) => rules.isCompared(dialect, file.dialect), file.fingerprint);
    const found = recogniseDevice({ candidates, fingerprintOf, seen: file.fingerprint, rules: product });
    return found?.known ?? null;
  }

  function activationOn(device: Device, file: File, ofThisKey: Row | null): Row | null {
    const rows = tables.of(file.entitlementId).filter((row) => row.deviceId === device.id && lives(row));
    return rows.find((row) => row !== ofThisKey) ?? null;
  }

  /** Reasons of the dialects' own (lib/operations/dialects/hooks.ts). */
  function refuseIssue(
    dialect: DialectOfModel,
    { entitlementId, code, current, seen }: { entitlementId: string; code: number; current: Row | null; seen: Fingerprint },
  ): string | null {
    if (dialect === 'licensespring' && tables.codeIsFull(entitlementId, code, current)) return 'user-seats-used';
    if (dialect === 'keygen' && tables.machineIsElsewhere(entitlementId, seen)) return 'keygen-fingerprint-taken';
    return null;
  }

  function takeSeat(entitlementId: string, now: Date): boolean {
    const held = tables.seatsHeld(entitlementId);
    if (held >= tables.cap()) return false;
    return possiblyRunning(held + 1, tables.freed(entitlementId), now) <= tables.cap() + rules.reinstallTimes(sold.entitlement);
  }

  function commitIssue(issue: {
    file: File;
    by: Person;
    seen: Fingerprint;
    decision: Issue;
    current: Row | null;
    known: Device | null;
    product: Rules['product'];
    now: Date;
  }): string {
    const { file, by, seen, decision, current, known, now } = issue;
    const { entitlementId, dialect } = file;
    const goesOn = current !== null && decision.activationId === current.id;
    const older = goesOn || current === null ? null : (decision.lookalike?.seat ?? null);
    if (current !== null && !isAsAssumed(current, older, decision.takesSeat)) return 'stale';
    const { since } = rules.reinstallsLeft(sold.entitlement, [], now);
    const most = rules.reinstallTimes(sold.entitlement);
    if (older === 'moves' && tables.reinstallsUsed(entitlementId, since, now) >= most) return 'stale';
    if (dialect === 'licensespring' && tables.codeIsFull(entitlementId, file.code, older === 'held' ? null : current))
      return 'stale';
    if (decision.takesSeat && !takeSeat(entitlementId, now)) return 'stale';
    const device = tables.writeDevice(known, dialect, file.fingerprint);
    if (decision.takesSeat && tables.machineIsElsewhere(entitlementId, seen)) return 'stale';
    if (current !== null && older !== null) replace(current, { older, by, now });
    const row = goesOn && current !== null ? current : insert({ file, by, seen, device });
    if (goesOn) {
      row.earlierFingerprints = earlierFingerprints(row, seen, now);
      row.fingerprint = seen;
      row.state = 'active';
      row.code = file.code === 1 ? 1 : row.code;
    }
    row.answeredAts.push(file.writtenAt);
    answered.set(requestKey(file, 'activation'), row);
    give(row, { decision, seen, now, product: issue.product });
    return 'done';
  }

  function replace(row: Row, { older, by, now }: { older: string; by: Person; now: Date }): void {
    row.releasedAt ??= now;
    row.state = older === 'held' ? 'releasing' : 'replaced';
    if (older !== 'moves' && older !== 'held') return;
    row.releasedBy ??= by;
    row.releaseKind = older === 'moves' ? rules.movedAs(row.releaseKind) : (row.releaseKind ?? 'released');
    row.freedAt = older === 'moves' ? now : null;
  }

  function insert({ file, by, seen, device }: { file: File; by: Person; seen: Fingerprint; device: Device }): Row {
    const row: Row = {
      id: `activation-${tables.rows.length}`,
      entitlementId: file.entitlementId,
      dialect: file.dialect,
      deviceId: device.id,
      deviceKey: file.deviceKey,
      code: file.code,
      activatedBy: by,
      releasedBy: null,
      state: 'active',
      leaseSequence: 0,
      leaseEndsAt: new Date(0),
      runsOutAt: new Date(0),
      releasedAt: null,
      releaseKind: null,
      fingerprint: seen,
      earlierFingerprints: [],
      freedAt: null,
      answeredAts: [],
    };
    tables.rows.push(row);
    return row;
  }

  function give(row: Row, answer: { decision: Issue; seen: Fingerprint; now: Date; product?: Rules['product'] }): void {
    const { decision, seen, now, product = rules.product } = answer;
    row.leaseSequence = decision.lease.sequence;
    row.leaseEndsAt = decision.lease.endsAt;
    if (decision.runsOutAt > row.runsOutAt) row.runsOutAt = decision.runsOutAt;
    const running = row.earlierFingerprints.filter(({ runsOutAt }) => runsOutAt > now).map(({ fingerprint }) => fingerprint);
    const required = rules.requiredToRun(seen, running, product);
    const runsOutAt = decision.lease.graceEndsAt ?? decision.lease.endsAt;
    given.push({ entitlementId: row.entitlementId, dialect: row.dialect, fingerprint: seen, required, runsOutAt });
  }

  function commitRelease(row: Row, { decision, by, now }: { decision: Release; by: Person; now: Date }): string {
    const { since } = rules.reinstallsLeft(sold.entitlement, [], now);
    const used = tables.reinstallsUsed(row.entitlementId, since, now);
    if (decision.freesSeat && used >= rules.reinstallTimes(sold.entitlement)) return 'stale';
    row.state = decision.heldUntil === null ? 'released' : 'releasing';
    row.releasedAt = now;
    row.releasedBy = by;
    row.releaseKind = 'released';
    row.freedAt = decision.freesSeat ? now : null;
    return 'done';
  }

  return { tables, given, returned, activate, deactivate, refresh, release, claim, approve, undo };
}

/** commit_issue: the state that the decision assumed of the activation that goes on or gives way. */
function isAsAssumed(row: Row, older: string | null, takesSeat: boolean): boolean {
  if (older === null)
    return (row.state === 'active' || row.state === 'lease_expired') && (row.state === 'lease_expired') === takesSeat;
  if (older === 'lapsed') return row.state === 'lease_expired' && takesSeat;
  if (older === 'held') return holds(row) && takesSeat;
  return holds(row) && !takesSeat;
}

function releaserOf(by: Exclude<Person, 'guest'>, row: Row | null): Releaser {
  return { role: ROLE_OF[by], isHolder: row !== null && row.activatedBy === by };
}
