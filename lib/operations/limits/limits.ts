import { DIALECT_LIMITS } from '../dialects/limits';

/** A code is good for so long, and for one use. */
export const CODE_GOOD_FOR_MINUTES = 10;

/** Wrong tries a code bears before it is dead. */
export const CODE_ATTEMPTS = 5;

/** A sign-in whose code from the mail was right waits so long for the second factor. */
export const SECOND_FACTOR_WAITS_MINUTES = 10;

/** Whoever has signed in, or typed a code from the mail once more, may change for so long what decides who can sign in. */
export const FRESH_PROOF_MINUTES = 10;

/** A second factor that was switched on can be undone for so long by the link in the mail about it. */
export const UNDO_DAYS = 7;

/** An invitation can be accepted for so long (`db/functions/people/invitation_ran_out.sql`). */
export const INVITATION_DAYS = 14;

/** Setting a second factor up ends after so long: its secret is on the screen. */
export const SET_UP_MINUTES = 60;

/** A session runs out when it was not used for so long. */
export const SESSION_IDLE_HOURS = 12;

/** A session ends after so long, however much it is used. */
export const SESSION_DAYS = 7;

/** The longest impersonation of a customer's person by support. */
export const IMPERSONATION_MINUTES = 30;

/** How often something may be done from one address or client, in a span of so many minutes. */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly minutes: number;
  /** Once over the limit, nothing more for so long. Left out: until the span is over. */
  readonly blockedForMinutes?: number;
  /** Counted by each server for itself instead of in the database, which is what the calls would wear out. */
  readonly inMemory?: true;
}

export const LIMITS = {
  codesByAddress: { name: 'sign-in-codes-address', points: 5, minutes: 15 },
  /** An office behind one address signs in together; who does sign in is given back. */
  codesByClient: { name: 'sign-in-codes-client', points: 40, minutes: 15 },
  /** The lock-out: counts tries that did not sign in. */
  triesByAddress: { name: 'sign-in-tries-address', points: 10, minutes: 60, blockedForMinutes: 60 },
  triesByClient: { name: 'sign-in-tries-client', points: 100, minutes: 15 },
  /** By person, not by address: reading the mail does not start this count anew. */
  secondFactorByPerson: { name: 'second-factor-tries', points: 10, minutes: 60, blockedForMinutes: 60 },
  /** Of who is signed in already: apart from the codes to sign in with, so that a stolen session cannot use up those of its owner. */
  proofCodesByPerson: { name: 'proof-codes', points: 5, minutes: 15 },
  proofTriesByPerson: { name: 'proof-tries', points: 10, minutes: 60, blockedForMinutes: 60 },
  /** Links that undo and are none, or none any more. */
  undoMissesByClient: { name: 'undo-misses-client', points: 60, minutes: 15 },
  /** Mail to somebody who did not ask for it, from one customer. */
  invitationsByAddress: { name: 'invitations-address', points: 5, minutes: 60 },
  /** The messages of one claim, or the reminder of one person, once more. */
  mailsByClaim: { name: 'claim-mails', points: 5, minutes: 60 },
  remindersByPerson: { name: 'reminders-person', points: 5, minutes: 60 },
  invitationsByActor: { name: 'invitations-actor', points: 100, minutes: 60 },
  /** Addresses of calendars that are none. A link that was revoked may be asked for by many programs of one office for long. */
  calendarMissesByClient: { name: 'calendar-misses-client', points: 300, minutes: 15 },
  /** Calendar programs ask every few minutes at most. */
  calendarFetchesByLink: { name: 'calendar-fetches-link', points: 60, minutes: 60 },
  /** A hall full of machines behind one address is set up together; files that were answered are given back. */
  guestFilesByClient: { name: 'guest-files-client', points: 40, minutes: 15 },
  /** What cannot be opened, or proves nothing, from one address: nobody has that many by mistake. */
  guestFailuresByClient: { name: 'guest-failures-client', points: 20, minutes: 60, blockedForMinutes: 60 },
  /** Wrong passwords of one user of licences, from wherever. */
  licenceUserTries: { name: 'licence-user-tries', points: 300, minutes: 60, blockedForMinutes: 60 },
  /** Looking at a file again, and fetching its answer: more than a hall full of machines needs, less than trying ids would. */
  guestLooksByClient: { name: 'guest-looks-client', points: 200, minutes: 15 },
  /** Files that one person handed in and that nobody answered. Answered ones are given back. */
  filesByPerson: { name: 'files-person', points: 3000, minutes: 60 },
  /** Files of one person that cannot be answered: an afternoon of mistakes, and what a program makes in seconds. */
  refusedFilesByPerson: { name: 'refused-files-person', points: 500, minutes: 60 },
  /** What else one person asked for in vain: a hall of machines for which no seat is free, and what a program makes in minutes. */
  refusalsByPerson: { name: 'refusals-person', points: 2000, minutes: 60 },
  /** Everything that one person does, but for files and refreshes: more than one act a second. */
  actsByPerson: { name: 'acts-person', points: 5000, minutes: 60 },
  /** Refresh files of one device. */
  refreshesByDevice: { name: 'refreshes-device', points: 120, minutes: 60 },
  /** What applications asked for in vain, from one address: that may be a gateway before all of them. */
  refusalsByApplication: { name: 'refusals-application', points: 3000, minutes: 60 },
  /** What was asked in vain of one licence or device, from wherever. */
  refusalsByLicence: { name: 'refusals-licence', points: 500, minutes: 60 },
  /** Texts that name no licence, from one address. */
  missesByApplication: { name: 'misses-application', points: 3000, minutes: 60 },
  /** One code, from wherever: bounds how fast seats go when a code is in the wrong hands. */
  guestFilesByCode: { name: 'guest-files-code', points: 60, minutes: 60 },
  ...DIALECT_LIMITS,
} as const satisfies Record<string, Limit>;
