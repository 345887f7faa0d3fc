import type { AuditedEvent, Named, Sentence } from '@/components/audit/audited-event';
import type { ActivityEvent } from '@/components/audit/event-list';
import { formatAuditEntry } from '@/components/audit/format-audit-entry';
import { auditKindOf, isAuditAction } from '@/lib/licensing/audit/audit-action';
import { explain, isRejectionCode } from '@/lib/licensing/refusals/rejection';
import type { ListedAudit } from '@/lib/operations/audit/list-audit';

interface Reader {
  /** Whether the reader has pages of people. */
  readonly seesPeople: boolean;
  /** Whether the reader sees several customers. */
  readonly seesAll: boolean;
}

/** Converts an audit entry to an event of the list. */
export function toEvent(row: ListedAudit, reader: Reader): ActivityEvent {
  const { id, at, action, code, troubleCode, customerName } = row;
  return {
    id,
    at,
    kind: auditKindOf(action),
    sentence: sentenceOf(row, reader),
    refusal: code === null ? null : { cause: causeOf(row), troubleCode },
    customerName: reader.seesAll ? customerName : null,
  };
}

/** Formats an entry as a sentence. An action from a newer version of the portal is shown by its name. */
export function sentenceOf(row: ListedAudit, reader: Reader): Sentence {
  const event = auditedEventOf(row, reader);
  if (!isAuditAction(row.action)) return [event.who, ` did something that this page has no words for yet (${row.action})`];
  return formatAuditEntry(row.action, event);
}

/** Formats the cause of a refusal; empty for an entry without one. */
export function causeOf({ code, facts }: ListedAudit): string {
  if (code === null) return '';
  return isRejectionCode(code) ? explain({ code, facts }).cause : `Refused (${code}).`;
}

function auditedEventOf(row: ListedAudit, { seesPeople }: Reader): AuditedEvent {
  const { deviceId, deviceName, entitlementId, entitlementName, fileName, detail } = row;
  const { personId, email } = detail;
  const person = typeof email === 'string' ? { name: email, href: pageOf('people', seesPeople ? personId : null) } : null;
  return {
    who: whoOf(row, seesPeople),
    device: deviceName === null ? null : { name: deviceName, href: pageOf('devices', deviceId) },
    entitlement: entitlementName === null ? null : { name: entitlementName, href: pageOf('entitlements', entitlementId) },
    person,
    fileName,
    detail,
  };
}

/** Names the actor of an entry: people by name, vendor staff by role. */
export function whoOf({ role, personName, actor, userId }: ListedAudit, seesPeople: boolean): Named {
  switch (role) {
    case 'portal':
      return { name: 'The portal', href: null };
    case 'operator':
      return { name: actor === 'portal' ? 'The portal' : 'The vendor', href: null };
    case 'support':
      return { name: `${personName ?? actor} (support)`, href: null };
    default:
      return { name: personName ?? actor, href: pageOf('people', seesPeople ? userId : null) };
  }
}

function pageOf(place: 'people' | 'devices' | 'entitlements', id: unknown): string | null {
  return typeof id === 'string' ? `/${place}/${id}` : null;
}
