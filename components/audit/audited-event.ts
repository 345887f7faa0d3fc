/** Something by the name people know it by, and where it is shown; null where the reader has no page of it. */
export interface Named {
  readonly name: string;
  readonly href: string | null;
}

/** A sentence in parts: words, things that lead somewhere, and instants. */
export type Sentence = readonly (string | Named | Date)[];

/** What happened, as sentences need it. What does not apply, or has no name, is null. */
export interface AuditedEvent {
  /** Who did it: "Ines Vogel", "The vendor". */
  readonly who: Named;
  readonly device: Named | null;
  readonly entitlement: Named | null;
  /** Somebody it was done to. */
  readonly person: Named | null;
  readonly fileName: string | null;
  /** What the entry says beside: texts, counts, instants as ISO 8601. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Tells of what happened. */
export type FormatEvent = (event: AuditedEvent) => Sentence;

/** A text or number of the detail; empty when it is missing. */
export function textOf({ detail }: AuditedEvent, name: string): string {
  const value = detail[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** ", until 12 Dec 2026": words before an instant of the detail; nothing when it is missing. */
export function withInstant(event: AuditedEvent, words: string, name: string): Sentence {
  const at = new Date(textOf(event, name));
  return Number.isNaN(at.getTime()) ? [] : [words, at];
}

/** "; 6 machines may run": nothing where it is no more than the seats in use. */
export function mayRun(event: AuditedEvent): string {
  const running = textOf(event, 'possiblyRunning');
  return running === '' ? '' : `; ${running} machines may run`;
}

const deviceOf = ({ device }: AuditedEvent): Named | string => device ?? 'a device';
export const productOf = ({ entitlement }: AuditedEvent): Named | string => entitlement ?? 'an entitlement';
export const personOf = (event: AuditedEvent): Named | string => event.person ?? (textOf(event, 'email') || 'somebody');

/** "Press line 7 on Motion Studio Pro" */
export function seatOf(event: AuditedEvent): Sentence {
  const { entitlement } = event;
  return [deviceOf(event), ...(entitlement === null ? [] : [' on ', entitlement])];
}

/** "a file of Press line 7 for Motion Studio Pro"; by its own name where no device is known */
export function fileOf({ fileName, device, entitlement }: AuditedEvent): Sentence {
  return [
    fileName === null || device !== null ? 'a file' : `the file ${fileName}`,
    ...(device === null ? [] : [' of ', device]),
    ...(entitlement === null ? [] : [' for ', entitlement]),
  ];
}

/** "the activation code that ends in 7K2M" */
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

/** ": it was lost, “left on a train”": why a seat was released, and what was written beside. */
export function reasonOf(event: AuditedEvent): string {
  const note = textOf(event, 'note');
  const words = [REASONS[textOf(event, 'reason')] ?? '', note === '' ? '' : `“${note}”`].filter((part) => part !== '');
  return words.length === 0 ? '' : `: ${words.join(', ')}`;
}

const ROLES: Readonly<Record<string, string>> = { customer_admin: 'an administrator', member: 'a member', support: 'support' };

/** " as an administrator": words before a role of the detail; nothing when it is missing. */
export function withRole(event: AuditedEvent, words: string, name: string): string {
  const role = ROLES[textOf(event, name)];
  return role === undefined ? '' : `${words}${role}`;
}

/** "ines@example.com, jonas@example.com" */
export function peopleOf({ detail }: AuditedEvent): string {
  const names = Array.isArray(detail.people) ? detail.people.filter((name) => typeof name === 'string') : [];
  return names.length === 0 ? 'somebody' : names.join(', ');
}

/** ": 550 no such mailbox": what the mail server said. */
export function answerOf(event: AuditedEvent): string {
  const answer = textOf(event, 'answer').replace(/[\s.]+$/, '');
  return answer === '' ? '' : `: ${answer}`;
}
