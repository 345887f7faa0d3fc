/** Something by the name people know it by, and where it is shown; null where the reader has no page of it. */
export interface Named {
  readonly name: string;
  readonly href: string | null;
}

/** A sentence in parts: words, things that lead somewhere, and instants. */
export type Sentence = readonly (string | Named | Date)[];

/** What happened, as sentences need it. What does not apply, or has no name, is null. */
export interface Happening {
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
export type Tell = (happening: Happening) => Sentence;

/** A text or number of the detail; empty when it is missing. */
export function textOf({ detail }: Happening, name: string): string {
  const value = detail[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** ", until 12 Dec 2026": words before an instant of the detail; nothing when it is missing. */
export function withInstant(happening: Happening, words: string, name: string): Sentence {
  const at = new Date(textOf(happening, name));
  return Number.isNaN(at.getTime()) ? [] : [words, at];
}

/** "; 6 machines may run": nothing where it is no more than the seats in use. */
export function mayRun(happening: Happening): string {
  const running = textOf(happening, 'possiblyRunning');
  return running === '' ? '' : `; ${running} machines may run`;
}

const deviceOf = ({ device }: Happening): Named | string => device ?? 'a device';
export const productOf = ({ entitlement }: Happening): Named | string => entitlement ?? 'an entitlement';
export const personOf = (happening: Happening): Named | string => happening.person ?? (textOf(happening, 'email') || 'somebody');

/** "Press line 7 on Motion Studio Pro" */
export function seatOf(happening: Happening): Sentence {
  const { entitlement } = happening;
  return [deviceOf(happening), ...(entitlement === null ? [] : [' on ', entitlement])];
}

/** "a file of Press line 7 for Motion Studio Pro"; by its own name where no device is known */
export function fileOf({ fileName, device, entitlement }: Happening): Sentence {
  return [
    fileName === null || device !== null ? 'a file' : `the file ${fileName}`,
    ...(device === null ? [] : [' of ', device]),
    ...(entitlement === null ? [] : [' for ', entitlement]),
  ];
}

/** "the activation code that ends in 7K2M" */
export function codeOf(happening: Happening): string {
  const lastFour = textOf(happening, 'lastFour');
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
export function reasonOf(happening: Happening): string {
  const note = textOf(happening, 'note');
  const words = [REASONS[textOf(happening, 'reason')] ?? '', note === '' ? '' : `“${note}”`].filter((part) => part !== '');
  return words.length === 0 ? '' : `: ${words.join(', ')}`;
}

const ROLES: Readonly<Record<string, string>> = { customer_admin: 'an administrator', member: 'a member', support: 'support' };

/** " as an administrator": words before a role of the detail; nothing when it is missing. */
export function withRole(happening: Happening, words: string, name: string): string {
  const role = ROLES[textOf(happening, name)];
  return role === undefined ? '' : `${words}${role}`;
}

/** "ines@example.com, jonas@example.com" */
export function peopleOf({ detail }: Happening): string {
  const names = Array.isArray(detail.people) ? detail.people.filter((name) => typeof name === 'string') : [];
  return names.length === 0 ? 'somebody' : names.join(', ');
}

/** ": 550 no such mailbox": what the mail server said. */
export function answerOf(happening: Happening): string {
  const answer = textOf(happening, 'answer').replace(/[\s.]+$/, '');
  return answer === '' ? '' : `: ${answer}`;
}
