import { DIALECT_TRIES } from '../dialects/audit-sentences';
import type { AuditedEvent, FormatEvent, Sentence } from './audited-event';
import { personOf, productOf, seatOf, textOf } from './audited-event';

/** What was attempted, by operation, as the end of a sentence. */
const TRIED: Readonly<Record<string, FormatEvent>> = {
  'exchange.submit': () => ['hand in a file'],
  'exchange.say-kind': () => ['say what a file was written for'],
  'exchange.commit': () => ['get the answer to a file'],
  'file.inspect': () => ['look into a file'],
  'refresh.issue': (it) => ['refresh ', ...seatOf(it)],
  ...DIALECT_TRIES,
  'seat.release': (it) => ['release the seat of ', ...seatOf(it)],
  'seat.undo-release': (it) => ['undo the release of ', ...seatOf(it)],
  'claim.open': (it) => ['ask for the release of ', ...seatOf(it)],
  'claim.approve': (it) => ['approve the release of ', ...seatOf(it)],
  'claim.refuse': (it) => ['refuse the release of ', ...seatOf(it)],
  'claim.withdraw': (it) => ['take back the claim to release ', ...seatOf(it)],
  'claim.resend': (it) => ['send the mails of a claim on ', ...seatOf(it), ' once more'],
  'device.rename': (it) => ['rename ', it.device ?? 'a device'],
  'device.note': (it) => ['write a note about ', it.device ?? 'a device'],
  'entitlement.disable': (it) => ['switch ', productOf(it), ' off'],
  'entitlement.enable': (it) => ['switch ', productOf(it), ' on again'],
  'entitlement.assign-person': (it) => ['change what ', personOf(it), ' may use'],
  'person.invite': () => ['invite somebody'],
  'person.resend': (it) => ['invite ', personOf(it), ' once more'],
  'person.change-role': (it) => ['change the role of ', personOf(it)],
  'person.remove': (it) => ['remove ', personOf(it)],
  'reminder.choose': () => ['choose when to be reminded'],
  'reminder.resend': (it) => ['remind ', personOf(it), ' once more'],
  'calendar.make': () => ['make a calendar link'],
  'calendar.revoke': () => ['revoke their calendar link'],
  'second-factor.begin': () => ['begin to set up a second factor'],
  'second-factor.confirm': () => ['switch their second factor on'],
  'second-factor.switch-off': () => ['switch their second factor off'],
  'second-factor.renew-recovery-codes': () => ['make new recovery codes'],
  'second-factor.reset': (it) => ['reset the second factor of ', personOf(it)],
  'session.sign-out': () => ['sign out'],
  'session.send-code': () => ['have a code sent'],
  'session.prove': () => ['show that it is still them'],
  'session.end': () => ['sign another browser out'],
  'session.end-others': () => ['sign all other browsers out'],
  'view.start': (it) => ['look at the portal as ', personOf(it)],
  'view.end': () => ['stop looking as somebody else'],
  'audit.export': () => ['export the audit'],
};

/** Formats what a refused act attempted: "rename Press line 7". */
export function formatRefusedAct(it: AuditedEvent): Sentence {
  const operation = textOf(it, 'operation');
  return (Object.hasOwn(TRIED, operation) ? TRIED[operation]?.(it) : undefined) ?? ['do what their role does not include'];
}
