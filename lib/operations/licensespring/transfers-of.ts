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

/** How often seats of the licence went from one device to another, this answer counted in. */
export function transfersOf(
  found: LicenceCase,
  { decision, deviceId }: Pick<AnsweredActivation, 'decision' | 'deviceId'>,
  now: Date,
): number {
  const events = eventsOf(found);
  return countTransfers(decision.outcome === 'grant' ? [...events, { deviceId, kind: 'taken', at: now }] : events);
}

/** How often they would have, once every seat that was given up, and one more now, went to a device that never had one. */
export function transfersAfterReturn(found: LicenceCase, now: Date): number {
  const events = eventsOf(found);
  const openSeats = 1 + events.filter(({ kind }) => kind === 'given-up').length;
  const given: SeatEvent = { deviceId: 'the device that gives its seat back', kind: 'given-up', at: now };
  const taken = Array.from({ length: openSeats }, (_, n): SeatEvent => ({ deviceId: `new device ${n}`, kind: 'taken', at: now }));
  return countTransfers([...events, given, ...taken]);
}
