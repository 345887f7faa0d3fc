import type { Considered } from '@/lib/operations/consider-file';
import { formatInstant } from './format-table';

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
  readonly leaseEndsAt: Date | null;
  readonly clockSkewSeconds: number;
  /** False: nothing was changed, this is what would happen. */
  readonly isDone: boolean;
  /** The same file was answered before, and gets the same answer. */
  readonly isRepeated: boolean;
  /** Path of the answer; null when there is none. */
  readonly answer: string | null;
}

function changeOf({ decision }: Considered): number {
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

function leaseEndOf({ decision }: Considered): Date | null {
  return decision.outcome === 'grant' || decision.outcome === 'renew' ? decision.lease.endsAt : null;
}

function bundleOf(considered: Considered): string[] | null {
  if (considered.kind === 'deactivation' || considered.bundle === null) return null;
  return considered.bundle.map((line) => line.considered.entitlement?.offeringCode ?? 'unknown');
}

/** The story of a file before it is answered. */
export function storyOfPreview(considered: Considered): FileStory {
  const entitlement = considered.kind === 'activation' ? considered.entitlement : (considered.found?.entitlement ?? null);
  const device =
    considered.kind === 'activation'
      ? (considered.known?.row.name ?? considered.request.device.name)
      : considered.found?.device.name;
  return {
    kind: considered.kind,
    device: device ?? 'unknown',
    entitlementId: entitlement?.id ?? null,
    offering: entitlement?.offeringCode ?? null,
    bundle: bundleOf(considered),
    seats: entitlement?.seats ?? null,
    seatsBefore: entitlement?.seatsHeld ?? null,
    seatsAfter: entitlement === null ? null : entitlement.seatsHeld + changeOf(considered),
    leaseEndsAt: leaseEndOf(considered),
    clockSkewSeconds: considered.clockSkewSeconds,
    isDone: false,
    isRepeated: considered.decision.outcome === 'repeat',
    answer: null,
  };
}

/** Device clocks that are off by less than this are not worth a word. */
const NOTEWORTHY_SKEW_SECONDS = 3600;

/** Tells the story as sentences. */
export function tellStory(story: FileStory): string[] {
  const { kind, device, offering, bundle, entitlementId, seats, seatsBefore, seatsAfter, leaseEndsAt, clockSkewSeconds, answer } =
    story;
  const verb = story.isDone ? 'is' : 'would be';
  const subject = `${kind} of ${device}${offering === null ? '' : ` on ${offering} (${entitlementId})`}`;
  const skewHours = Math.round(clockSkewSeconds / 3600);
  return [
    story.isRepeated ? `${subject}: answered before, the answer ${verb} the same.` : `${subject}.`,
    bundle === null ? '' : `The file asks for a bundle: ${bundle.join(', ')}.`,
    seats === null ? '' : `Seats held: ${seatsBefore} of ${seats} before, ${seatsAfter} of ${seats} after.`,
    leaseEndsAt === null ? '' : `Lease until ${formatInstant(leaseEndsAt)}.`,
    Math.abs(clockSkewSeconds) < NOTEWORTHY_SKEW_SECONDS
      ? ''
      : `The device’s clock is ${Math.abs(skewHours)} h ${skewHours < 0 ? 'behind' : 'ahead'}.`,
    story.isDone ? '' : 'Nothing was changed.',
    answer === null ? '' : `Answer: ${answer}`,
  ].filter((sentence) => sentence !== '');
}
