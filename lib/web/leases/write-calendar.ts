import 'server-only';
import ical, { ICalEventClass, ICalEventTransparency } from 'ical-generator';
import type { LeaseEnd } from '@/lib/operations/leases/calendar-feed';

/** Refresh interval suggested to calendar programs. */
const LOOK_AGAIN_SECONDS = 6 * 60 * 60;

/**
 * Writes lease ends as a calendar (RFC 5545): one event for each, at the instant of the end, in UTC. The activation id is the UID, and the
 * lease sequence the SEQUENCE (section 3.8.7.4), so that a refresh updates the event.
 *
 * @param calendar.name display name of the calendar
 * @param calendar.portal address of the portal
 */
export function writeCalendar(calendar: { name: string; portal: URL; leaseEnds: readonly LeaseEnd[] }): string {
  const { name, portal, leaseEnds } = calendar;
  const feed = ical({
    name: escapeText(name),
    prodId: { company: 'Airgate', product: 'Leases', language: 'EN' },
    ttl: LOOK_AGAIN_SECONDS,
  });
  for (const end of leaseEnds) {
    feed.createEvent({
      id: end.activationId,
      sequence: end.sequence,
      stamp: end.issuedAt,
      start: end.endsAt,
      summary: `Lease ends: ${end.deviceName}`,
      description: wordsOf(end),
      url: new URL(`/devices/${end.deviceId}`, portal).href,
      class: ICalEventClass.PRIVATE,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return `${feed.toString().trimEnd()}\r\n`;
}

/** Escapes a text (section 3.3.11). The library does so for events, but not for the name of the calendar. */
function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&');
}

function wordsOf({ deviceName, productName, edition, graceEndsAt }: LeaseEnd): string {
  const grace = graceEndsAt === null ? '' : ` It may run with a warning until ${graceEndsAt.toISOString().slice(0, 10)}.`;
  return [
    `From then on ${deviceName} needs a new file for ${productName} ${edition}.${grace}`,
    'Get a refresh file in the portal and carry it to the machine.',
  ].join('\n');
}
