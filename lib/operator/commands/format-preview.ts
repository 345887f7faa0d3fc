import { formatInstant } from '@/lib/command-line/format-table';
import { formatDescription } from '@/lib/licensing/seats/describe-seats';
import type { FilePreview } from '@/lib/operations/exchange/describe-preview';

/** What is known once the file is answered. */
interface Done {
  /** The same file was answered before, and got the same answer. */
  readonly isRepeated: boolean;
  readonly seatsAfter: number | null;
  readonly mayRun: number | null;
  readonly leaseEndsAt: Date | null;
  /** Path of the answer; null when there is none. */
  readonly answer: string | null;
}

/** Lays out for programs, and as sentences, what answering a file would change, or has changed once it is done. */
export function formatPreview(preview: FilePreview, done?: Done) {
  const json = jsonOf(preview, done);
  return { json, lines: sentencesOf(json) };
}

function jsonOf(preview: FilePreview, done: Done | undefined) {
  const { kind, deviceName, entitlement, seats, clockSkewSeconds } = preview;
  const request = preview.kind === 'activation' ? preview : null;
  return {
    kind,
    device: deviceName ?? 'unknown',
    entitlementId: entitlement?.id ?? null,
    offering: entitlement?.offeringCode ?? null,
    bundle: request?.bundle?.map(({ offeringCode }) => offeringCode ?? 'unknown') ?? null,
    seats: seats?.bought ?? null,
    seatsBefore: seats?.heldNow ?? null,
    seatsAfter: done?.seatsAfter ?? seats?.heldThen ?? null,
    mayRun: done?.mayRun ?? entitlement?.mayRun ?? null,
    olderSeat: request?.lookalike?.seat ?? null,
    whyNotMoved: request?.lookalike?.why?.code ?? null,
    heldUntil: preview.kind === 'deactivation' ? preview.heldUntil : null,
    seat: formatDescription(preview.seat, formatInstant),
    leaseEndsAt: done === undefined ? (request?.lease?.endsAt ?? null) : done.leaseEndsAt,
    clockSkewSeconds,
    isDone: done !== undefined,
    isRepeated: done?.isRepeated ?? preview.answeredBy !== null,
    answer: done?.answer ?? null,
  };
}

/** Device clocks that are off by less than this are not worth a word. */
const NOTEWORTHY_SKEW_SECONDS = 3600;

function sentencesOf(told: ReturnType<typeof jsonOf>): string[] {
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
