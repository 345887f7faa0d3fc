import { formatInstant } from '@/lib/command-line/format-table';
import type { RejectionCode } from '@/lib/licensing/refusals/rejection';
import { formatDescription } from '@/lib/licensing/seats/describe-seats';
import type { SeatOfLookalike } from '@/lib/licensing/seats/lookalike';
import type { FilePreview } from '@/lib/operations/exchange/describe-preview';

/** What a file changes, or would change, as the command line prints it for programs. */
export interface FormattedPreview {
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
  /** What happens to the seat of the machine that this one looks like; null when it looks like none. */
  readonly olderSeat: SeatOfLookalike | null;
  /** Why that seat does not move, by its code. */
  readonly whyNotMoved: RejectionCode | null;
  /** Until when the seat of a proof stays held; null when it is free. */
  readonly heldUntil: Date | null;
  /** The same in a sentence, with why; empty when there is nothing to say. */
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

/** Lays a preview out for programs. Nothing is done yet. */
export function formatPreview(preview: FilePreview): FormattedPreview {
  const { kind, deviceName, entitlement, seats } = preview;
  const request = preview.kind === 'activation' ? preview : null;
  return {
    kind,
    device: deviceName ?? 'unknown',
    entitlementId: entitlement?.id ?? null,
    offering: entitlement?.offeringCode ?? null,
    bundle: request?.bundle?.map(({ offeringCode }) => offeringCode ?? 'unknown') ?? null,
    seats: seats?.bought ?? null,
    seatsBefore: seats?.heldNow ?? null,
    seatsAfter: seats?.heldThen ?? null,
    mayRun: entitlement?.mayRun ?? null,
    olderSeat: request?.lookalike?.seat ?? null,
    whyNotMoved: request?.lookalike?.why?.code ?? null,
    heldUntil: preview.kind === 'deactivation' ? preview.heldUntil : null,
    seat: formatDescription(preview.seat, formatInstant),
    leaseEndsAt: request?.lease?.endsAt ?? null,
    clockSkewSeconds: preview.clockSkewSeconds,
    isDone: false,
    isRepeated: preview.answeredBy !== null,
    answer: null,
  };
}

/** Device clocks that are off by less than this are not worth a word. */
const NOTEWORTHY_SKEW_SECONDS = 3600;

/** Formats the same as sentences. */
export function formatSentences(told: FormattedPreview): string[] {
  const { kind, device, offering, bundle, entitlementId, seats, seatsBefore, seatsAfter, leaseEndsAt, answer } = told;
  const { mayRun, seat, clockSkewSeconds, isDone, isRepeated } = told;
  const heldThen = isDone ? seatsAfter : seatsBefore;
  const verb = isDone ? 'is' : 'would be';
  const subject = `${kind} of ${device}${offering === null ? '' : ` on ${offering} (${entitlementId})`}`;
  const skewHours = Math.round(clockSkewSeconds / 3600);
  return [
    isRepeated ? `${subject}: answered before, the answer ${verb} the same.` : `${subject}.`,
    bundle === null ? '' : `The file asks for a bundle: ${bundle.join(', ')}.`,
    seats === null ? '' : `Seats held: ${seatsBefore} of ${seats} before, ${seatsAfter} of ${seats} after.`,
    seat,
    mayRun === null || heldThen === null || mayRun <= heldThen ? '' : `Machines that may run${isDone ? '' : ' now'}: ${mayRun}.`,
    leaseEndsAt === null ? '' : `Lease until ${formatInstant(leaseEndsAt)}.`,
    Math.abs(clockSkewSeconds) < NOTEWORTHY_SKEW_SECONDS
      ? ''
      : `The device’s clock is ${Math.abs(skewHours)} h ${skewHours < 0 ? 'behind' : 'ahead'}.`,
    isDone ? '' : 'Nothing was changed.',
    answer === null ? '' : `Answer: ${answer}`,
  ].filter((sentence) => sentence !== '');
}
