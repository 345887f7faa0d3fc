import type { IsoDuration } from '../leases/duration';
import { addDuration } from '../leases/duration';
import type { Rejection } from '../refusals/rejection';
import { reject } from '../refusals/rejection';

/**
 * Compares the device's clock with the portal's where the product sets a greatest age. Without one, or where the request
 * states no time, it is good whatever its date (docs/formats/native.md, rules). The same span is allowed ahead of the portal's clock.
 */
export function checkRequestAge(input: { issuedAt: Date | null; greatestAge: IsoDuration | null; now: Date }): Rejection | null {
  const { issuedAt, greatestAge, now } = input;
  if (greatestAge === null || issuedAt === null) return null;
  const span = addDuration(now, greatestAge).getTime() - now.getTime();
  const facts = { issuedAt: issuedAt.toISOString(), now: now.toISOString(), greatestAge };
  if (issuedAt.getTime() < now.getTime() - span) return reject('request-too-old', facts);
  if (issuedAt.getTime() > now.getTime() + span) return reject('request-from-the-future', facts);
  return null;
}

/** The largest difference that is told: 68 years, the largest 32-bit integer. */
const LARGEST_SKEW_SECONDS = 2_147_483_647;

/** Device clock minus portal clock in whole seconds: negative when the device is behind, 0 also where it states no time. */
export function clockSkewSeconds(issuedAt: Date | null, now: Date): number {
  if (issuedAt === null) return 0;
  const skew = Math.round((issuedAt.getTime() - now.getTime()) / 1000);
  return Math.max(-LARGEST_SKEW_SECONDS, Math.min(skew, LARGEST_SKEW_SECONDS));
}
