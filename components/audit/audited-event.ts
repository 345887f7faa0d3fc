/** A thing by its display name, and the address of its page; null when the reader has no page for it. */
export interface Named {
  readonly name: string;
  readonly href: string | null;
}

/** A sentence in parts: text, links and instants. */
export type Sentence = readonly (string | Named | Date)[];

/** An audit entry as its sentence needs it. Fields that do not apply, or have no name, are null. */
export interface AuditedEvent {
  /** Actor: "Ines Vogel", "The vendor". */
  readonly who: Named;
  readonly device: Named | null;
  readonly entitlement: Named | null;
  /** The person concerned. */
  readonly person: Named | null;
  readonly fileName: string | null;
  /** Further data of the entry: texts, counts, instants as ISO 8601. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Formats an entry as a sentence. */
export type FormatEvent = (event: AuditedEvent) => Sentence;

/** Gets a text or number from the detail; empty when it is missing. */
export function textOf({ detail }: AuditedEvent, name: string): string {
  const value = detail[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Formats an instant from the detail after some words, such as ", until 12 Dec 2026"; empty when it is missing. */
export function withInstant(event: AuditedEvent, words: string, name: string): Sentence {
  const at = new Date(textOf(event, name));
  return Number.isNaN(at.getTime()) ? [] : [words, at];
}

/** Formats "; 6 machines may run"; empty when no more may run than seats are in use. */
export function mayRun(event: AuditedEvent): string {
  const running = textOf(event, 'possiblyRunning');
  return running === '' ? '' : `; ${running} machines may run`;
}

const deviceOf = ({ device }: AuditedEvent): Named | string => device ?? 'a device';
export const productOf = ({ entitlement }: AuditedEvent): Named | string => entitlement ?? 'an entitlement';
export const personOf = (event: AuditedEvent): Named | string => event.person ?? (textOf(event, 'email') || 'somebody');

/** Formats a seat: "Press line 7 on Motion Studio Pro". */
export function seatOf(event: AuditedEvent): Sentence {
  const { entitlement } = event;
  return [deviceOf(event), ...(entitlement === null ? [] : [' on ', entitlement])];
}

/** Formats a file: "a file of Press line 7 for Motion Studio Pro"; by file name when its device is unknown. */
export function fileOf({ fileName, device, entitlement }: AuditedEvent): Sentence {
  return [
    fileName === null || device !== null ? 'a file' : `the file ${fileName}`,
    ...(device === null ? [] : [' of ', device]),
    ...(entitlement === null ? [] : [' for ', entitlement]),
  ];
}

/** Formats an activation code: "the activation code that ends in 7K2M". */
export function codeOf(event: AuditedEvent): string {
  const lastFour = textOf(event, 'lastFour');
  return lastFour === '' ? 'an activation code' : `the activation code that ends in ${lastFour}`;
}

const REASONS: Readonly<Record<string, string>> = {
  lost: 'it was lost',
  stolen: 'it was stolen',
  broken: 'it is broken',
  sold: 'it was sold',
  reinstalled: 'it was reinstalled',
};

/** Formats reason and note of a release: ": it was lost, “left on a train”". */
export function reasonOf(event: AuditedEvent): string {
  const note = textOf(event, 'note');
  const words = [REASONS[textOf(event, 'reason')] ?? '', note === '' ? '' : `“${note}”`].filter((part) => part !== '');
  return words.length === 0 ? '' : `: ${words.join(', ')}`;
}

const ROLES: Readonly<Record<string, string>> = { customer_admin: 'an administrator', member: 'a member', support: 'support' };

/** Formats a role from the detail after some words: " as an administrator"; empty when it is missing. */
export function withRole(event: AuditedEvent, words: string, name: string): string {
  const role = ROLES[textOf(event, name)];
  return role === undefined ? '' : `${words}${role}`;
}

/** Formats the people of the detail: "ines@example.com, jonas@example.com". */
export function peopleOf({ detail }: AuditedEvent): string {
  const names = Array.isArray(detail.people) ? detail.people.filter((name) => typeof name === 'string') : [];
  return names.length === 0 ? 'somebody' : names.join(', ');
}

/** Formats the reply of a mail server or approver: ": 550 no such mailbox". */
export function answerOf(event: AuditedEvent): string {
  const answer = textOf(event, 'answer').replace(/[\s.]+$/, '');
  return answer === '' ? '' : `: ${answer}`;
}
