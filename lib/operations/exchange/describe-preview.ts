import type { EntitlementRow } from '@/db/entitlements/entitlement-json';
import { entitlementStateAt } from '@/lib/licensing/entitlements/entitlement';
import { findIssue, lookalikeOf } from '@/lib/licensing/exchange/decision';
import type { DeactivationProof, DeviceDescription } from '@/lib/licensing/exchange/request';
import type { Lease } from '@/lib/licensing/leases/lease';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import type { FreedSeat } from '@/lib/licensing/seats/allowance';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import type { Description } from '@/lib/licensing/seats/describe-seats';
import { describeHeldReturn, describeLookalike } from '@/lib/licensing/seats/describe-seats';
import type { Lookalike } from '@/lib/licensing/seats/lookalike';
import type { Role } from '../actor';
import type { CodeShown } from '../entitlements/code-shown';
import { codeShown } from '../entitlements/code-shown';
import { toldToGuest } from '../guest/guest-refusals';
import type { EvaluatedActivation } from './evaluate-activation';
import type { EvaluatedDeactivation } from './evaluate-deactivation';
import type { Evaluated } from './evaluate-file';

/** What a viewer may know: only what the file proves; what the scope of a customer's person shows; everything. */
type Sight = 'file' | 'scope' | 'all';

const SIGHTS: Readonly<Record<Role, Sight>> = {
  guest: 'file',
  application: 'file',
  visitor: 'file',
  member: 'scope',
  customer_admin: 'scope',
  support: 'all',
  operator: 'all',
};

/** Seats of one entitlement: bought, in use now, and in use once the file is answered. */
export interface PreviewedSeats {
  readonly bought: number;
  readonly heldNow: number;
  readonly heldThen: number;
}

/** One entitlement of a bundle. Edition and offering are null for a viewer who knows only the file. */
export interface PreviewedLine extends PreviewedSeats {
  readonly productName: string;
  readonly edition: string | null;
  readonly offeringCode: string | null;
}

/** What the customer's people and the vendor know of the entitlement. */
export interface PreviewedEntitlement
  extends Pick<
    EntitlementRow,
    'id' | 'customerName' | 'productName' | 'edition' | 'offeringCode' | 'orderReference' | 'seatsCap'
  > {
  /** End of the term once the file is answered; null when it has none. */
  readonly termEndsAt: Date | null;
  readonly isInGrace: boolean;
  /** Machines that may run now, those without a seat included. */
  readonly mayRun: number;
  /** Seats that are free although their machines may run, once the file is answered. */
  readonly freedThen: readonly FreedSeat[];
}

/** A device that the portal knows. */
export interface PreviewedDevice {
  readonly id: string;
  readonly name: string;
  /** Components that differ from what is known of it. */
  readonly drifted: readonly string[];
  /** Whether its activation goes on. */
  readonly goesOn: boolean;
}

interface PreviewBase {
  readonly now: Date;
  readonly outcome: Evaluated['decision']['outcome'];
  /** Why the file is refused; null when it is not. */
  readonly rejection: Rejection | null;
  /** The exchange that answered the file before; null when none did. */
  readonly answeredBy: string | null;
  readonly clockSkewSeconds: number;
  /** The device, by the name that the viewer knows it by; null where a proof names no activation that the viewer may see. */
  readonly deviceName: string | null;
  readonly productName: string | null;
  readonly seats: PreviewedSeats | null;
  /** What happens to the seat of the machine that this one looks like, or to the seat that is given back. Empty when there is nothing to say. */
  readonly seat: Description;
  /** Null for a viewer who knows only the file. */
  readonly entitlement: PreviewedEntitlement | null;
  /** The device that the portal knows; null where there is none, or the viewer may not see it. */
  readonly device: PreviewedDevice | null;
}

/** What an activation request is, and what answering it now would change. */
export interface ActivationPreview extends PreviewBase {
  readonly kind: 'activation';
  readonly issuedAt: Date | null;
  readonly code: CodeShown;
  /** What the file says of its device; null for a viewer who knows only the file's own proof. */
  readonly said: Omit<DeviceDescription, 'fingerprint'> | null;
  /** The lease of the answer; null when there is none. */
  readonly lease: Lease | null;
  /** The device has, or had, a seat already. */
  readonly isRenewal: boolean;
  readonly takesSeat: boolean;
  readonly startsTerm: boolean;
  /** Whether it gets a seat of its own as well, if it is another machine. */
  readonly mayBeAnother: boolean;
  /** The seat of the machine that this one looks like; null when it looks like none. */
  readonly lookalike: Pick<Lookalike, 'seat' | 'why'> | null;
  /** All entitlements that the file asks for; null when it asks for one. */
  readonly bundle: readonly PreviewedLine[] | null;
}

/** What a deactivation proof is, and what accepting it now would change. */
export interface DeactivationPreview extends PreviewBase {
  readonly kind: 'deactivation';
  readonly issuedAt: Date;
  /** What else the proof says; null for a viewer who knows only the file's own proof. */
  readonly said: Pick<DeactivationProof, 'leaseSequence' | 'reason' | 'usage'> | null;
  readonly freesSeat: boolean;
  /** Until when the seat stays in use; null when it does not. */
  readonly heldUntil: Date | null;
}

/** What a file is and what answering it now would change, as far as one viewer may know. */
export type FilePreview = ActivationPreview | DeactivationPreview;

/** Describes an evaluated file to a viewer, and leaves out what the viewer may not know. */
export function describePreview(evaluated: Evaluated, viewer: Role): FilePreview {
  const sight = SIGHTS[viewer];
  return evaluated.kind === 'activation' ? describeActivation(evaluated, sight) : describeDeactivation(evaluated, sight);
}

function describeActivation(evaluated: EvaluatedActivation, sight: Sight): ActivationPreview {
  const { request, known, bundle, older, now } = evaluated;
  const { name, platform, hostname, appVersion } = request.device;
  const issue = findIssue(evaluated.decision);
  const { lookalike = null, takesSeat = false } = issue ?? {};
  const knownAs = known !== null && (sight === 'all' || (sight === 'scope' && known.visible)) ? known.row : null;
  const freed = lookalike?.seat === 'moves' && older !== null ? [{ at: now, runsOutAt: older.runsOutAt }] : [];
  return {
    kind: 'activation',
    ...describeBase(evaluated, sight, { row: evaluated.entitlement, taken: takesSeat ? 1 : 0, freed }),
    deviceName: knownAs?.name ?? name,
    device: knownAs && { id: knownAs.id, name: knownAs.name, drifted: known?.drifted ?? [], goesOn: evaluated.current !== null },
    seat: describeOlder(evaluated, sight),
    issuedAt: request.issuedAt,
    code: codeShown(request),
    said: sight === 'file' ? null : { name, platform, hostname, appVersion },
    lease: issue?.lease ?? null,
    isRenewal: issue?.outcome === 'renew',
    takesSeat,
    startsTerm: sight !== 'file' && issue?.startsTerm === true,
    mayBeAnother: evaluated.mayBeAnother && bundle === null,
    lookalike: sight === 'file' ? null : lookalike && { seat: lookalike.seat, why: lookalike.why },
    bundle: isHidden(evaluated, sight) ? null : (bundle?.flatMap((line) => describeLine(line, sight)) ?? null),
  };
}

function describeDeactivation(evaluated: EvaluatedDeactivation, sight: Sight): DeactivationPreview {
  const { request, decision, returns, now } = evaluated;
  const { leaseSequence, reason, usage } = request;
  const given = decision.outcome === 'return' ? decision : null;
  const { freesSeat = false, heldUntil = null } = given ?? {};
  const found = isHidden(evaluated, sight) ? null : evaluated.found;
  return {
    kind: 'deactivation',
    ...describeBase(evaluated, sight, { row: found?.entitlement ?? null, taken: freesSeat ? -1 : 0, freed: [] }),
    deviceName: found?.device.name ?? null,
    device:
      found === null || sight === 'file' ? null : { id: found.device.id, name: found.device.name, drifted: [], goesOn: false },
    seat: describeHeldReturn({ heldUntil }, returns, now),
    issuedAt: request.issuedAt,
    said: sight === 'file' ? null : { leaseSequence, reason, usage },
    freesSeat,
    heldUntil,
  };
}

/** A refused file proves nothing: a viewer who knows only the file learns nothing of the entitlement. */
function isHidden({ decision }: Evaluated, sight: Sight): boolean {
  return sight === 'file' && decision.outcome === 'reject';
}

function describeBase(
  evaluated: Evaluated,
  sight: Sight,
  { row, taken, freed }: { row: EntitlementRow | null; taken: number; freed: readonly FreedSeat[] },
): Omit<PreviewBase, 'deviceName' | 'device' | 'seat'> {
  const { decision, now, clockSkewSeconds } = evaluated;
  const { outcome } = decision;
  const rejection = outcome === 'reject' ? decision.rejection : null;
  const base = {
    ...{ now, clockSkewSeconds, outcome, answeredBy: outcome === 'repeat' ? decision.answeredBy : null },
    rejection: sight === 'file' ? rejection && toldToGuest(rejection) : rejection,
  };
  if (row === null || isHidden(evaluated, sight)) return { ...base, productName: null, seats: null, entitlement: null };
  const { id, customerName, productName, edition, offeringCode, orderReference, seatsCap } = row;
  const known = { ...base, productName, seats: seatsThen(row, taken) };
  if (sight === 'file') return { ...known, entitlement: null };
  const entitlement = {
    ...{ id, customerName, productName, edition, offeringCode, orderReference, seatsCap },
    termEndsAt: (findIssue(decision)?.term ?? { endsAt: row.termEndsAt }).endsAt,
    isInGrace: entitlementStateAt(row, now) === 'grace',
    mayRun: possiblyRunning(row.seatsHeld, row.freed, now),
    freedThen: [...row.freed, ...freed],
  };
  return { ...known, entitlement };
}

function describeLine(line: EvaluatedActivation, sight: Sight): PreviewedLine[] {
  const { entitlement } = line;
  if (entitlement === null) return [];
  const { productName } = entitlement;
  const whose = sight === 'file' ? { edition: null, offeringCode: null } : entitlement;
  const seats = seatsThen(entitlement, findIssue(line.decision)?.takesSeat === true ? 1 : 0);
  return [{ productName, edition: whose.edition, offeringCode: whose.offeringCode, ...seats }];
}

function seatsThen({ seats: bought, seatsHeld: heldNow }: EntitlementRow, taken: number): PreviewedSeats {
  return { bought, heldNow, heldThen: heldNow + taken };
}

function describeOlder({ decision, older, reinstalls, now }: EvaluatedActivation, sight: Sight): Description {
  const lookalike = lookalikeOf(decision);
  if (lookalike === null || older === null || reinstalls === null) return [];
  const name = sight === 'file' ? null : older.deviceName;
  return describeLookalike({ lookalike, name, runsOutAt: older.runsOutAt, reinstalls, now });
}
