import type { LicenceCase } from '@/db/licensespring/licensespring-case';
import type { SeatEvent } from '@/lib/licensing/licensespring/count-transfers';
import { countTransfers } from '@/lib/licensing/licensespring/count-transfers';
import type { AnsweredActivation } from '../dialects/hooks';

function eventsOf({ history }: LicenceCase): SeatEvent[] {
  return history.flatMap(({ deviceId, takenAt, givenUpAt }): SeatEvent[] => [
    ...(takenAt === null ? [] : [{ deviceId, kind: 'taken', at: takenAt } as const]),
    ...(givenUpAt === null ? [] : [{ deviceId, kind: 'given-up', at: givenUpAt } as const]),
  ]);
}

/** Counts the transfers of a licence, including the seat that this answer takes. */
export function transfersWithAnswer(
  found: LicenceCase,
  { decision, deviceId }: Pick<AnsweredActivation, 'decision' | 'deviceId'>,
  now: Date,
): number {
  const events = eventsOf(found);
  return countTransfers(decision.outcome === 'grant' ? [...events, { deviceId, kind: 'taken', at: now }] : events);
}

/** Counts the transfers of a licence in the worst case: after one more return, new devices take all returned seats. */
export function transfersAfterReturn(found: LicenceCase, now: Date): number {
  const events = eventsOf(found);
  const openSeats = 1 + events.filter(({ kind }) => kind === 'given-up').length;
  const given: SeatEvent = { deviceId: 'the device that gives its seat back', kind: 'given-up', at: now };
  const taken = Array.from({ length: openSeats }, (_, n): SeatEvent => ({ deviceId: `new device ${n}`, kind: 'taken', at: now }));
  return countTransfers([...events, given, ...taken]);
}
