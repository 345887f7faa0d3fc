import type { OpenedReply } from '@/lib/dialects/native/open-reply';
import type { Fingerprint } from '@/lib/licensing/devices/fingerprint';
import { countMatches } from '@/lib/licensing/devices/fingerprint';
import { leaseRunsOutAt } from '@/lib/licensing/leases/lease';
import type { Rejection } from '@/lib/licensing/refusals/rejection';
import { reject } from '@/lib/licensing/refusals/rejection';
import { latest } from './latest';

/** How far the clock may be behind the latest time seen, and a lease ahead of the clock. */
const TOLERANCE_MS = 24 * 3_600_000;

/** Refuses to run on this answer on this machine at `now`; null when the software may run (docs/formats/native.md, what the device checks). */
export function refuseRunning(input: {
  reply: OpenedReply;
  fingerprint: Fingerprint;
  now: Date;
  latestSeenAt: Date | null;
}): Rejection | null {
  const { reply, fingerprint, now } = input;

  // This is the machine the licence was made for.
  const required = Math.max(1, reply.fingerprintRequired);
  const matched = countMatches(reply.fingerprint, fingerprint);
  if (matched < required) return reject('fingerprint-differs', { matched, required });

  // Its clock was not set back.
  const latestAt = latest(input.latestSeenAt, reply.serverTime);
  if (latestAt !== null && now.getTime() < latestAt.getTime() - TOLERANCE_MS) {
    return reject('clock-set-back', { now: now.toISOString(), latest: latestAt.toISOString() });
  }

  // Its lease runs, grace included.
  const { startsAt } = reply.lease;
  if (now.getTime() < startsAt.getTime() - TOLERANCE_MS) return reject('lease-not-started', { startsAt: startsAt.toISOString() });
  const runsOutAt = leaseRunsOutAt(reply.lease);
  return now < runsOutAt ? null : reject('lease-ended', { endedAt: runsOutAt.toISOString() });
}
