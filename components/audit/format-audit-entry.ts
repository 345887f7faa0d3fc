import type { AuditAction } from '@/lib/licensing/audit/audit-action';
import { DIALECT_EVENTS } from '../dialects/audit-sentences';
import type { AuditedEvent, FormatEvent, Sentence } from './audited-event';
import {
  answerOf,
  codeOf,
  fileOf,
  mayRun,
  peopleOf,
  personOf,
  productOf,
  reasonOf,
  seatOf,
  textOf,
  withInstant,
  withRole,
} from './audited-event';
import { formatRefusedAct } from './format-refused-act';

/** Formats an audit entry as one sentence, without its full stop. */
export function formatAuditEntry(action: AuditAction, event: AuditedEvent): Sentence {
  return SENTENCES[action](event).filter((part) => part !== '');
}

/** Formats a sentence as plain text, with instants as days in UTC. */
export function formatPlainSentence(sentence: Sentence): string {
  const words = sentence.map((part) => {
    if (part instanceof Date) return part.toISOString().slice(0, 10);
    return typeof part === 'string' ? part : part.name;
  });
  return words.join('');
}

/** "the product press-control" */
function coded(it: AuditedEvent, what: string): string {
  const code = textOf(it, 'code');
  return code === '' ? `a new ${what}` : `the ${what} ${code}`;
}

function leasesThatEnd(it: AuditedEvent): string {
  const count = textOf(it, 'leases');
  return count === '1' ? 'a lease that ends' : `${count || 'some'} leases that end`;
}

/** " chose to be reminded 30, 7 and 1 days before a lease ends" */
function reminderDays({ detail: { days } }: AuditedEvent): string {
  const listed = Array.isArray(days) ? days.map(String) : [];
  const last = listed.at(-1);
  if (last === undefined) return ' chose to be reminded of no leases';
  const words = listed.length === 1 ? last : `${listed.slice(0, -1).join(', ')} and ${last}`;
  return ` chose to be reminded ${words} ${words === '1' ? 'day' : 'days'} before a lease ends`;
}

/** "5 entries of the audit" */
function auditEntries(it: AuditedEvent): string {
  const count = textOf(it, 'entries');
  return count === '1' ? 'one entry of the audit' : `${count || 'some'} entries of the audit`;
}

function soldSeats(it: AuditedEvent): string {
  const seats = textOf(it, 'seats');
  if (seats === '') return '';
  return seats === '1' ? ' with one seat' : ` with ${seats} seats`;
}

function newNameOf(it: AuditedEvent): string {
  const to = textOf(it, 'to');
  return to === '' ? '' : ` to ${to}`;
}

/** " to hallmann" */
function toCustomer(it: AuditedEvent): string {
  const customer = textOf(it, 'customer');
  return customer === '' ? '' : ` to ${customer}`;
}

/** ", an address that is also known at hallmann, the vendor" */
function othersOf({ detail: { others } }: AuditedEvent): string {
  const names = Array.isArray(others) ? others.map((name) => (name === 'vendor' ? 'the vendor' : String(name))) : [];
  return names.length === 0 ? '' : `, an address that is also known at ${names.join(', ')}`;
}

function whenFree(it: AuditedEvent): Sentence {
  const held = withInstant(it, ', which is held until ', 'heldUntil');
  return held.length === 0 ? [', which is free'] : held;
}

/** What happens to the seat of the lookalike, by outcome. */
const OLDER_SEAT: Readonly<Record<string, string>> = {
  moves: ', and the seat of its older installation moved to it',
  held: ', on a seat of its own; that of its older installation stays in use until its lease has run out',
  kept: ', on a seat of its own beside a machine that looks the same',
};

function olderSeat(it: AuditedEvent): string {
  return OLDER_SEAT[textOf(it, 'olderSeat')] ?? '';
}

function whatReturned(it: AuditedEvent): Sentence {
  const held = withInstant(it, ', and its seat stays in use until ', 'heldUntil');
  if (held.length > 0) return held;
  return it.detail.freesSeat === false ? [] : [', and its seat came free'];
}

/** "Ines Vogel tried to rename Press line 7" */
function triedTo(it: AuditedEvent): Sentence {
  return [it.who, ' tried to ', ...formatRefusedAct(it)];
}

const SENTENCES: Readonly<Record<AuditAction, FormatEvent>> = {
  'file.previewed': (it) => [it.who, ' looked at ', ...fileOf(it), ' and changed nothing'],
  'file.refused': (it) => [it.who, ' handed in ', ...fileOf(it), ', which was refused'],
  'file.answered-again': (it) => [it.who, ' handed in ', ...fileOf(it), ' once more and got the same answer'],
  'file.inspected': (it) => [it.who, ' looked into a file'],
  'file.dropped': (it) => [
    ...['The portal dropped the bytes of ', textOf(it, 'files') || 'some', ' files that had come in'],
    ...withInstant(it, ' before ', 'before'),
  ],
  'file.act-refused': triedTo,
  'seat.taken': (it) => [
    ...[it.who, ' activated ', ...seatOf(it), ...withInstant(it, ', until ', 'leaseEndsAt')],
    ...[olderSeat(it), mayRun(it)],
  ],
  'seat.returned': (it) => [it.who, ' deactivated ', ...seatOf(it), ...whatReturned(it)],
  'seat.released': (it) => [it.who, ' released the seat of ', ...seatOf(it), ...whenFree(it), reasonOf(it), mayRun(it)],
  'seat.release-refused': (it) => [it.who, ' tried to release the seat of ', ...seatOf(it), reasonOf(it)],
  'seat.release-undone': (it) => [it.who, ' undid the release of ', ...seatOf(it)],
  'seat.undo-refused': (it) => [it.who, ' tried to undo the release of ', ...seatOf(it)],
  'seat.act-refused': triedTo,
  'claim.act-refused': triedTo,
  'lease.act-refused': triedTo,
  'entitlement.act-refused': triedTo,
  'device.act-refused': triedTo,
  'person.act-refused': triedTo,
  'session.act-refused': triedTo,
  'vendor.act-refused': triedTo,
  'claim.opened': (it) => [it.who, ' asked for the release of ', ...seatOf(it), reasonOf(it)],
  'claim.approved': (it) => [it.who, ' approved the release of ', ...seatOf(it), answerOf(it)],
  'claim.approved-with-ties': (it) => [
    ...[it.who, ' approved the release of ', ...seatOf(it)],
    textOf(it, 'claimant') === '' ? '' : ` for ${textOf(it, 'claimant')}`,
    ', and may not be anybody else',
  ],
  'claim.refused': (it) => [it.who, ' refused to release ', ...seatOf(it), answerOf(it)],
  'claim.withdrawn': (it) => [it.who, ' took back the claim to release ', ...seatOf(it)],
  'claim.open-refused': (it) => [it.who, ' tried to ask for the release of ', ...seatOf(it), reasonOf(it)],
  'claim.approve-refused': (it) => [it.who, ' tried to approve the release of ', ...seatOf(it)],
  'claim.refuse-refused': (it) => [it.who, ' tried to refuse the release of ', ...seatOf(it)],
  'claim.withdraw-refused': (it) => [it.who, ' tried to take back the claim to release ', ...seatOf(it)],
  'claim.mailed': (it) => ['The portal told ', personOf(it), ' of the claim to release ', ...seatOf(it)],
  'claim.mail-refused': (it) => [
    ...['The mail server refused to tell ', personOf(it), ' of the claim to release ', ...seatOf(it), answerOf(it)],
  ],
  'claim.mails-wanted': (it) => [it.who, ' had the mails of the claim to release ', ...seatOf(it), ' sent once more'],
  'seat.came-free': (it) => ['The released seat of ', ...seatOf(it), ' came free, because its last lease ran out'],
  'lease.renewed': (it) => [
    ...[it.who, ' activated ', ...seatOf(it), ' again', ...withInstant(it, ', until ', 'leaseEndsAt')],
    ...[olderSeat(it), mayRun(it)],
  ],
  'lease.refreshed': (it) => [it.who, ' refreshed ', ...seatOf(it), ...withInstant(it, ', until ', 'leaseEndsAt')],
  'lease.refused': (it) => [it.who, ' tried to refresh ', ...seatOf(it)],
  'lease.ran-out': (it) => ['The lease of ', ...seatOf(it), ' ran out, and its seat came free'],
  'reminder.mailed': (it) => ['The portal reminded ', personOf(it), ' of ', leasesThatEnd(it)],
  'reminder.mail-refused': (it) => ['The mail server refused a reminder to ', personOf(it), ' of ', leasesThatEnd(it)],
  'reminder.chosen': (it) => [it.who, reminderDays(it)],
  'reminder.wanted': (it) => [it.who, ' had ', personOf(it), ' reminded once more of ', leasesThatEnd(it)],
  'entitlement.created': (it) => [it.who, ' set up ', productOf(it), soldSeats(it)],
  'entitlement.disabled': (it) => [it.who, ' switched ', productOf(it), ' off'],
  'entitlement.enabled': (it) => [it.who, ' switched ', productOf(it), ' on again'],
  'entitlement.policy-changed': (it) => [it.who, ' changed who may release seats of ', productOf(it), ' without proof'],
  'entitlement.assigned': (it) => [it.who, ' assigned ', productOf(it), ' to ', peopleOf(it)],
  'entitlement.unassigned': (it) => [it.who, ' took ', productOf(it), ' away from ', peopleOf(it)],
  'code.created': (it) => [it.who, ' made ', codeOf(it)],
  'code.withdrawn': (it) => [it.who, ' withdrew ', codeOf(it)],
  'device.renamed': (it) => [it.who, ' renamed ', textOf(it, 'from') || 'a device', newNameOf(it)],
  'device.tagged': (it) =>
    textOf(it, 'to') === ''
      ? [it.who, ' took the asset tag away from ', it.device ?? 'a device']
      : [it.who, ' gave ', it.device ?? 'a device', ` the asset tag ${textOf(it, 'to')}`],
  'device.noted': (it) => [it.who, ' wrote a note about ', it.device ?? 'a device'],
  'customer.created': (it) => [it.who, ' set up ', coded(it, 'customer')],
  'user.created': (it) => [it.who, ' set up an account for ', personOf(it), withRole(it, ' as ', 'role')],
  'user.moved-away': (it) => [it.who, ' moved ', personOf(it), ' to another customer'],
  'user.moved-here': (it) => [it.who, ' moved ', personOf(it), ' here', withRole(it, ' as ', 'role')],
  'user.deleted': (it) => [it.who, ' deleted ', personOf(it)],
  'person.invited': (it) => [it.who, ' invited ', personOf(it), withRole(it, ' as ', 'role')],
  'person.invited-again': (it) => [it.who, ' invited ', personOf(it), ' once more'],
  'person.invitation-refused': (it) => [it.who, ' tried to invite ', personOf(it), withRole(it, ' as ', 'role')],
  'person.invitation-ran-out': (it) => ['The invitation of ', personOf(it), ' ran out'],
  'person.address-shared': (it) => [it.who, ' invited ', personOf(it), toCustomer(it), othersOf(it)],
  'person.joined': (it) => [it.who, ' accepted the invitation'],
  'person.mail-accepted': (it) => ['The mail server accepted the invitation of ', personOf(it)],
  'person.mail-refused': (it) => ['The mail server refused the invitation of ', personOf(it), answerOf(it)],
  'person.mail-failed': (it) => ['The invitation of ', personOf(it), ' could not be mailed', answerOf(it)],
  'person.role-changed': (it) => [it.who, ' made ', personOf(it), withRole(it, ' ', 'to')],
  'person.held-back': (it) => [it.who, ' asked for too much in one hour, and what was refused from then on is not listed'],
  'person.removed': (it) => [it.who, ' removed ', personOf(it)],
  'person.change-refused': (it) =>
    it.detail.to === undefined
      ? [it.who, ' tried to remove ', personOf(it)]
      : [it.who, ' tried to make ', personOf(it), withRole(it, ' ', 'to')],
  'session.opened': (it) => [it.who, ' signed in'],
  'session.ended': (it) => [it.who, ' signed out'],
  'session.proved': (it) => [it.who, ' showed with a code from the mail that it is still them'],
  'second-factor.begun': (it) => [it.who, ' began to set up a second factor'],
  'second-factor.switched-on': (it) => [it.who, ' switched their second factor on'],
  'second-factor.undone': (it) => [it.who, ' undid that their second factor was switched on, by the link in the mail'],
  'second-factor.switched-off': (it) => [it.who, ' switched their second factor off'],
  'second-factor.codes-renewed': (it) => [it.who, ' made new recovery codes'],
  'second-factor.reset': (it) => [it.who, ' reset the second factor of ', personOf(it)],
  'second-factor.refused': (it) => [it.who, ' gave a wrong code of their second factor'],
  'calendar.link-made': (it) => [it.who, ' made a calendar link'],
  'calendar.link-revoked': (it) => [it.who, ' revoked their calendar link'],
  'customer.view-started': (it) => [it.who, ' looked at the portal as ', personOf(it), ', without changing anything'],
  'customer.view-ended': (it) => [it.who, ' stopped looking as ', personOf(it)],
  'vendor.created': (it) => [it.who, ' set this portal up'],
  'keys.rotated': (it) => [it.who, ' put new keys into use'],
  'product.created': (it) => [it.who, ' added ', coded(it, 'product')],
  'product.changed': (it) => [it.who, ' changed ', coded(it, 'product')],
  'offering.created': (it) => [it.who, ' added ', coded(it, 'offering')],
  'offering.changed': (it) => [it.who, ' changed ', coded(it, 'offering')],
  ...DIALECT_EVENTS,
  'audit.unsealed': (it) => ['The portal found ', auditEntries(it), ' older than an hour and not sealed'],
  'audit.sealed-late': (it) => ['The portal found ', auditEntries(it), ' kept from the seal, and sealed them behind later ones'],
};
