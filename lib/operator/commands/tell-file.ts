import { formatInstant } from '@/lib/command-line/format-table';
import { lookalikeOf } from '@/lib/licensing/exchange/decision';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import type { FreedSeat } from '@/lib/licensing/seats/allowance';
import { possiblyRunning } from '@/lib/licensing/seats/allowance';
import { describeHeldReturn, formatDescription } from '@/lib/licensing/seats/describe-seats';
import type { SeatOfLookalike } from '@/lib/licensing/seats/lookalike';
import type { Evaluated } from '@/lib/operations/exchange/evaluate-file';
import { tellOlder } from '@/lib/operations/exchange/preview-file';

/** What a file does, or would do. */
export interface FileStory {
  readonly kind: 'activation' | 'deactivation';
  readonly device: string;
  readonly entitlementId: string | null;
  readonly offering: string | null;
  /** Offerings of all that a bundle activates; null for a file that asks for one. */
  readonly bundle: readonly string[] | null;
  readonly seats: number | null;
  readonly seatsBefore: number | null;
  readonly seatsAfter: number | null;
  /** Machines that may run, as things stand; more than the seats held where a seat came free before the lease of its machine ends. */
  readonly mayRun: number | null;
  /** What becomes of the seat of the machine that this one looks like; null when it looks like none. */
  readonly olderSeat: SeatOfLookalike | null;
  /** Why that seat does not move, by its code. */
  readonly whyNotMoved: RejectionCode | null;
  /** Until when the seat of a proof stays held; null when it is free. */
  readonly heldUntil: Date | null;
  /** The same in a sentence, with why; empty when there is nothing to tell. */
  readonly seat: string;
  readonly leaseEndsAt: Date | null;
  readonly clockSkewSeconds: number;
  /** False: nothing was changed, this is what would happen. */
  readonly isDone: boolean;
  /** The same file was answered before, and gets the same answer. */
  readonly isRepeated: boolean;
  /** Path of the answer; null when there is none. */
  readonly answer: string | null;
}

function changeOf({ decision }: Evaluated): number {
  switch (decision.outcome) {
    case 'grant':
    case 'renew':
      return decision.takesSeat ? 1 : 0;
    case 'return':
      return decision.freesSeat ? -1 : 0;
    case 'repeat':
    case 'reject':
      return 0;
  }
}

function leaseEndOf({ decision }: Evaluated): Date | null {
  return decision.outcome === 'grant' || decision.outcome === 'renew' ? decision.lease.endsAt : null;
}

function bundleOf(evaluated: Evaluated): string[] | null {
  if (evaluated.kind === 'deactivation' || evaluated.bundle === null) return null;
  return evaluated.bundle.map((line) => line.entitlement?.offeringCode ?? 'unknown');
}

/** Machines that may run on an entitlement. */
export function mayRunOn({ seatsHeld, freed }: { seatsHeld: number; freed: readonly FreedSeat[] }, now: Date): number {
  return possiblyRunning(seatsHeld, freed, now);
}

function seatOf(evaluated: Evaluated): Pick<FileStory, 'olderSeat' | 'whyNotMoved' | 'heldUntil' | 'seat'> {
  if (evaluated.kind === 'activation') {
    const lookalike = lookalikeOf(evaluated.decision);
    const why = lookalike?.why?.code ?? null;
    return {
      olderSeat: lookalike?.seat ?? null,
      whyNotMoved: why,
      heldUntil: null,
      seat: formatDescription(tellOlder(evaluated), formatInstant),
    };
  }
  const { decision, returns, now } = evaluated;
  const heldUntil = decision.outcome === 'return' ? decision.heldUntil : null;
  const seat = formatDescription(describeHeldReturn({ heldUntil }, returns, now), formatInstant);
  return { olderSeat: null, whyNotMoved: null, heldUntil, seat };
}

/** The device, by the name that this person may know it by. */
function deviceOf(evaluated: Evaluated): string | undefined {
  if (evaluated.kind === 'deactivation') return evaluated.found?.device.name;
  const { known, request } = evaluated;
  return known?.visible === true ? known.row.name : request.device.name;
}

/** The story of a file before it is answered. */
export function storyOfPreview(evaluated: Evaluated): FileStory {
  const entitlement = evaluated.kind === 'activation' ? evaluated.entitlement : (evaluated.found?.entitlement ?? null);
  return {
    kind: evaluated.kind,
    device: deviceOf(evaluated) ?? 'unknown',
    entitlementId: entitlement?.id ?? null,
    offering: entitlement?.offeringCode ?? null,
    bundle: bundleOf(evaluated),
    seats: entitlement?.seats ?? null,
    seatsBefore: entitlement?.seatsHeld ?? null,
    seatsAfter: entitlement === null ? null : entitlement.seatsHeld + changeOf(evaluated),
    mayRun: entitlement && mayRunOn(entitlement, evaluated.now),
    ...seatOf(evaluated),
    leaseEndsAt: leaseEndOf(evaluated),
    clockSkewSeconds: evaluated.clockSkewSeconds,
    isDone: false,
    isRepeated: evaluated.decision.outcome === 'repeat',
    answer: null,
  };
}

/** Device clocks that are off by less than this are not worth a word. */
const NOTEWORTHY_SKEW_SECONDS = 3600;

/** Tells the story as sentences. */
export function tellStory(story: FileStory): string[] {
  const { kind, device, offering, bundle, entitlementId, seats, seatsBefore, seatsAfter, leaseEndsAt, clockSkewSeconds, answer } =
    story;
  const { mayRun, seat } = story;
  const heldThen = story.isDone ? seatsAfter : seatsBefore;
  const verb = story.isDone ? 'is' : 'would be';
  const subject = `${kind} of ${device}${offering === null ? '' : ` on ${offering} (${entitlementId})`}`;
  const skewHours = Math.round(clockSkewSeconds / 3600);
  return [
    story.isRepeated ? `${subject}: answered before, the answer ${verb} the same.` : `${subject}.`,
    bundle === null ? '' : `The file asks for a bundle: ${bundle.join(', ')}.`,
    seats === null ? '' : `Seats held: ${seatsBefore} of ${seats} before, ${seatsAfter} of ${seats} after.`,
    seat,
    mayRun === null || heldThen === null || mayRun <= heldThen
      ? ''
      : `Machines that may run${story.isDone ? '' : ' now'}: ${mayRun}.`,
    leaseEndsAt === null ? '' : `Lease until ${formatInstant(leaseEndsAt)}.`,
    Math.abs(clockSkewSeconds) < NOTEWORTHY_SKEW_SECONDS
      ? ''
      : `The device’s clock is ${Math.abs(skewHours)} h ${skewHours < 0 ? 'behind' : 'ahead'}.`,
    story.isDone ? '' : 'Nothing was changed.',
    answer === null ? '' : `Answer: ${answer}`,
  ].filter((sentence) => sentence !== '');
}
