import { DIALECT_LIMITS } from '../dialects/limits';

/** How long a code from a mail is valid, for one use. */
export const CODE_GOOD_FOR_MINUTES = 10;

/** Wrong tries after which a code is invalid. */
export const CODE_ATTEMPTS = 5;

/** How long a sign-in waits for the second factor after the right code from the mail. */
export const SECOND_FACTOR_WAITS_MINUTES = 10;

/** How long a fresh proof lasts after a sign-in, or after a code from the mail was typed once more. */
export const FRESH_PROOF_MINUTES = 10;

/** How long the link in the mail about a new second factor can undo it. */
export const UNDO_DAYS = 7;

/** How long an invitation can be accepted (`db/functions/people/invitation_ran_out.sql`). */
export const INVITATION_DAYS = 14;

/** How long setting up a second factor may take: its secret is on the screen. */
export const SET_UP_MINUTES = 60;

/** A session runs out when it was not used for this long. */
export const SESSION_IDLE_HOURS = 12;

/** The longest life of a session. */
export const SESSION_DAYS = 7;

/** The longest impersonation of a customer's person by support. */
export const IMPERSONATION_MINUTES = 30;

/** At most `points` uses by one key, such as an address, a client or a person, in `minutes` minutes. */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly minutes: number;
  /** How long the key is blocked once it is over the limit. Left out: until the span is over. */
  readonly blockedForMinutes?: number;
  /** Counted in the memory of each server, to spare the database. */
  readonly inMemory?: true;
}

export const LIMITS = {
  codesByAddress: { name: 'sign-in-codes-address', points: 5, minutes: 15 },
  /** An office behind one address signs in together; a completed sign-in is forgiven. */
  codesByClient: { name: 'sign-in-codes-client', points: 40, minutes: 15 },
  /** The lock-out: counts failed tries. */
  triesByAddress: { name: 'sign-in-tries-address', points: 10, minutes: 60, blockedForMinutes: 60 },
  triesByClient: { name: 'sign-in-tries-client', points: 100, minutes: 15 },
  /** By person: access to the mailbox does not start this count anew. */
  secondFactorByPerson: { name: 'second-factor-tries', points: 10, minutes: 60, blockedForMinutes: 60 },
  /** For people who are signed in. Separate from the codes for signing in, so that a stolen session cannot use up those of its owner. */
  proofCodesByPerson: { name: 'proof-codes', points: 5, minutes: 15 },
  proofTriesByPerson: { name: 'proof-tries', points: 10, minutes: 60, blockedForMinutes: 60 },
  /** Undo links that are unknown or used. */
  undoMissesByClient: { name: 'undo-misses-client', points: 60, minutes: 15 },
  /** Unrequested mail to one address, from one customer. */
  invitationsByAddress: { name: 'invitations-address', points: 5, minutes: 60 },
  /** Repeated mails of one claim. */
  mailsByClaim: { name: 'claim-mails', points: 5, minutes: 60 },
  remindersByPerson: { name: 'reminders-person', points: 5, minutes: 60 },
  invitationsByActor: { name: 'invitations-actor', points: 100, minutes: 60 },
  /** Unknown calendar links. Many programs of one office may keep asking for a revoked link. */
  calendarMissesByClient: { name: 'calendar-misses-client', points: 300, minutes: 15 },
  /** Calendar programs ask every few minutes at most. */
  calendarFetchesByLink: { name: 'calendar-fetches-link', points: 60, minutes: 60 },
  /** A hall full of machines behind one address is set up together; answered files are forgiven. */
  guestFilesByClient: { name: 'guest-files-client', points: 40, minutes: 15 },
  /** Files from one address that cannot be opened or prove nothing: more than mistakes explain. */
  guestFailuresByClient: { name: 'guest-failures-client', points: 20, minutes: 60, blockedForMinutes: 60 },
  /** Wrong passwords of one user of licences, from all addresses. */
  licenceUserTries: { name: 'licence-user-tries', points: 300, minutes: 60, blockedForMinutes: 60 },
  /** Previews and downloads: enough for a hall full of machines, too few to guess ids. */
  guestLooksByClient: { name: 'guest-looks-client', points: 200, minutes: 15 },
  /** Files of one person that were not answered. Answered ones are forgiven. */
  filesByPerson: { name: 'files-person', points: 3000, minutes: 60 },
  /** Files of one person that cannot be answered: an afternoon of mistakes; a program needs seconds. */
  refusedFilesByPerson: { name: 'refused-files-person', points: 500, minutes: 60 },
  /** Other refusals of one person: a hall of machines without a free seat; a program needs minutes. */
  refusalsByPerson: { name: 'refusals-person', points: 2000, minutes: 60 },
  /** Commands of one person other than files and refreshes: more than one a second. */
  actsByPerson: { name: 'acts-person', points: 5000, minutes: 60 },
  /** Refresh files of one device. */
  refreshesByDevice: { name: 'refreshes-device', points: 120, minutes: 60 },
  /** Refusals of applications from one address, which may be the gateway of all of them. */
  refusalsByApplication: { name: 'refusals-application', points: 3000, minutes: 60 },
  /** Refusals for one licence or device, from all addresses. */
  refusalsByLicence: { name: 'refusals-licence', points: 500, minutes: 60 },
  /** Texts from one address that name no licence. */
  missesByApplication: { name: 'misses-application', points: 3000, minutes: 60 },
  /** One code, from all addresses: limits how fast seats are taken with a stolen code. */
  guestFilesByCode: { name: 'guest-files-code', points: 60, minutes: 60 },
  ...DIALECT_LIMITS,
} as const satisfies Record<string, Limit>;
