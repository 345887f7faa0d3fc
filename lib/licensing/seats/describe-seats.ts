import type { Return } from '../exchange/decision';
import type { AllowanceLeft } from './allowance';
import type { Lookalike } from './lookalike';
import { UNLIMITED_SEATS } from './overdraft';

/** A text in parts: words, and instants that each reader sees in their own way. */
export type Description = readonly (string | Date)[];

const DAY_MS = 86_400_000;
const LONGEST_IN_DAYS = 730;

/** "in 90 days": the span that an allowance counts over. */
function spanOfAllowance({ since }: Pick<AllowanceLeft, 'since'>, now: Date): string {
  const days = Math.round((now.getTime() - since.getTime()) / DAY_MS);
  if (days <= 1) return 'in a day';
  return days > LONGEST_IN_DAYS ? `in ${Math.round(days / 365)} years` : `in ${days} days`;
}

/** Until when something that happens now counts against the reinstalls. */
export function reinstallCountsUntil({ since }: Pick<AllowanceLeft, 'since'>, runsOutAt: Date, now: Date): Date {
  return new Date(Math.max(2 * now.getTime() - since.getTime(), runsOutAt.getTime()));
}

/** "1 of 2 used in 90 days; one more from 3 Mar" */
export function describeAllowance(allowance: AllowanceLeft, now: Date): Description {
  const { times, left, nextAt } = allowance;
  if (times >= UNLIMITED_SEATS) return ['without a limit'];
  if (times === 0) return ['none'];
  const counted = `${times - left} of ${times} used ${spanOfAllowance(allowance, now)}`;
  return nextAt === null ? [counted] : [`${counted}; one more from `, nextAt];
}

/** The activation of a machine that another one looks like, and what there is to tell of it. */
export interface OlderMachine {
  readonly lookalike: Lookalike;
  /** The older one by its name; null for a reader who may not see it. */
  readonly name: string | null;
  /** Until when the older one may run. */
  readonly runsOutAt: Date;
  readonly reinstalls: AllowanceLeft;
  readonly now: Date;
}

/** Describes the outcome for the seat of the machine that this one looks like, and why. */
export function describeLookalike({ lookalike, name, runsOutAt, reinstalls, now }: OlderMachine): Description {
  const older = name === null ? 'a machine that is activated' : `“${name}”`;
  const anew = `This looks like ${older}, set up anew. `;
  switch (lookalike.seat) {
    case 'lapsed':
      return [`${anew}The lease of the old installation ran out, and this one takes its place.`];
    case 'stays':
      return ['This machine has a seat already, and keeps it. The answer takes the place of the one before.'];
    case 'moves':
      return [
        `${anew}Its seat moves here. The old installation gets no more files; what it has lets it run until `,
        ...[runsOutAt, `. This counts as ${reinstallWord(reinstalls)} until `],
        ...[reinstallCountsUntil(reinstalls, runsOutAt, now), '.'],
      ];
    case 'held':
      return [
        `${anew}Its seat does not move at once: the reinstalls that are allowed (${reinstalls.times} ${spanOfAllowance(reinstalls, now)}) are used up`,
        ...(reinstalls.nextAt === null ? [] : [', one more from ', reinstalls.nextAt]),
        ...[
          '. So this takes a seat of its own. The old installation gets no more files, and its seat comes free on ',
          runsOutAt,
          '.',
        ],
      ];
    case 'kept':
      return [
        `This looks like ${older}. That one keeps its seat, until `,
        ...[runsOutAt, ` as things stand: ${whyKept(lookalike)}`],
        ...nextRelease(lookalike),
        '. So this takes a seat of its own.',
      ];
  }
}

function reinstallWord({ times }: AllowanceLeft): string {
  if (times >= UNLIMITED_SEATS) return 'a reinstall';
  return times === 1 ? 'the one reinstall that is allowed' : `1 of ${times} reinstalls`;
}

function whyKept({ why }: Lookalike): string {
  switch (why?.code) {
    case 'reinstall-needs-approval':
      return 'it moves only when somebody else agrees to its release';
    case 'reinstall-over-limit':
      return `it would move by a release, of which ${why.facts.releases} in ${why.facts.days} days are allowed`;
    default:
      return 'it moves only when somebody who may release it hands this file in';
  }
}

function nextRelease({ why }: Lookalike): Description {
  const nextAt = why?.code === 'reinstall-over-limit' ? why.facts.nextAt : undefined;
  return typeof nextAt === 'string' ? ['; one more from ', new Date(nextAt)] : [];
}

/** Tells why the seat of a proof stays in use, and until when. Nothing when it does not. */
export function describeHeldReturn({ heldUntil }: Pick<Return, 'heldUntil'>, returns: AllowanceLeft, now: Date): Description {
  if (heldUntil === null) return [];
  return ['The seat stays in use until ', heldUntil, ', and then comes free by itself', ...whyHeld(returns, now), '.'];
}

function whyHeld(returns: AllowanceLeft, now: Date): Description {
  const { left, times, nextAt } = returns;
  if (left > 0) return [];
  if (times === 0) return [': on this entitlement, no proof frees a seat at once'];
  const allowed = `: ${times === 1 ? 'one proof frees a seat' : `${times} proofs free a seat`} at once ${spanOfAllowance(returns, now)}, and that is used up`;
  return nextAt === null ? [allowed] : [`${allowed} until `, nextAt];
}

/** The parts as one text. */
export function formatDescription(description: Description, writeInstant: (at: Date) => string): string {
  return description.map((part) => (typeof part === 'string' ? part : writeInstant(part))).join('');
}
