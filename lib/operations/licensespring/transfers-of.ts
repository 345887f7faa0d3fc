import type { LicenceCase } from '@/db/licensespring-case';
import type { SeatEvent } from '@/lib/licensing/count-transfers';
import { countTransfers } from '@/lib/licensing/count-transfers';
import type { DetailsCase } from '../dialect-support';

/** How often seats of the licence went from one device to another, this answer counted in. */
export function transfersOf({ history }: LicenceCase, { decision, deviceId, now }: DetailsCase): number {
  const events = history.flatMap(({ deviceId: id, takenAt, givenUpAt }): SeatEvent[] => [
    ...(takenAt === null ? [] : [{ deviceId: id, kind: 'taken', at: takenAt } as const]),
    ...(givenUpAt === null ? [] : [{ deviceId: id, kind: 'given-up', at: givenUpAt } as const]),
  ]);
  const isNew = decision.outcome === 'grant';
  return countTransfers(isNew ? [...events, { deviceId, kind: 'taken', at: now }] : events);
}
