/** Everybody who may ask. */
export const WHO = [
  'visitor',
  'member',
  'unassigned member',
  'admin',
  'support',
  'operator',
  'other member',
  'other admin',
  'guest',
  'other guest',
  'application',
] as const;
export type Who = (typeof WHO)[number];

/**
 * What somebody gets: `yes`, which is an answer that is no refusal; the code of a refusal; or, where a row counts, how many of the subject's
 * rows are in the answer. A refusal other than `not-allowed` and `sign-in-needed` says as well that the right is there.
 */
export type Expected = Record<Who, string>;

/** The same answer for whoever is signed in. Visitors, guests and applications have operations of their own, and no others. */
export const everybody = (answer: string): Expected => ({
  visitor: 'sign-in-needed',
  member: answer,
  'unassigned member': answer,
  admin: answer,
  support: answer,
  operator: answer,
  'other member': answer,
  'other admin': answer,
  guest: 'not-allowed',
  'other guest': 'not-allowed',
  application: 'not-allowed',
});

/** Own, or all of the own customer, or everything: nothing beyond it is there at all. */
export const scoped = (yes: string, no: string): Expected => ({
  ...everybody(no),
  member: yes,
  admin: yes,
  support: yes,
  operator: yes,
});

/** Members as well only where the release policy names them, which that of the subject does not. */
export const releasers: Expected = { ...scoped('yes', 'not-found'), member: 'release-not-allowed' };
/** People of the own customer, for its administrators; of all customers, for support. */
export const keepers = (own: string, foreign: string): Expected => ({
  ...everybody('not-allowed'),
  admin: own,
  support: own,
  'other admin': foreign,
});
/** Who answers claims: of the own customer, or of all. */
export const answerers = (own: string, foreign: string): Expected => ({ ...keepers(own, foreign), operator: own });
/** Support and the command line: what no customer sees. */
export const vendorOnly: Expected = { ...everybody('not-allowed'), support: 'yes', operator: 'yes' };
/** Support alone, as people with accounts of the vendor. */
export const supportOnly: Expected = { ...everybody('not-allowed'), support: 'yes' };
/** Nobody: to begin with, for what no person may do, so that signing in would not help. */
const nobody: Expected = { ...everybody('not-allowed'), visitor: 'not-allowed' };
/** The command line alone, whatever it is answered. */
export const operatorOnly = (answer: string): Expected => ({ ...nobody, operator: answer });
/** Those who are signed out alone, whatever they are answered. */
export const visitors = (answer: string): Expected => ({ ...nobody, visitor: answer });
/** Whoever has an account. */
export const peopleOnly: Expected = { ...everybody('yes'), operator: 'not-allowed' };

/** Whoever has an account at a customer. */
export const customersOnly = (answer: string): Expected => ({
  ...everybody(answer),
  support: 'not-allowed',
  operator: 'not-allowed',
});

/** A session of somebody else: not there for anybody. */
export const notTheirs: Partial<Expected> = {
  member: 'not-found',
  'unassigned member': 'not-found',
  admin: 'not-found',
  support: 'not-found',
  'other member': 'not-found',
  'other admin': 'not-found',
};

/** Applications of the vendor's alone, whatever they are answered. */
export const applications = (answer: string): Expected => ({ ...nobody, application: answer });

/** Whoever is not signed in and holds a file: one browser, and another one. */
export const guests = (own: string, another: string): Expected => ({
  ...nobody,
  guest: own,
  'other guest': another,
});

/** What decides who can sign in, or outlives the session that it is asked for in. */
export const CAREFUL: readonly string[] = [
  ...['second-factor.begin', 'second-factor.confirm', 'second-factor.switch-off', 'second-factor.renew-recovery-codes'],
  ...['second-factor.reset', 'calendar.make', 'session.end', 'session.end-others', 'person.change-role', 'person.remove'],
];

/** Operations that name one thing, and the member that names it. */
export const BY_ID = [
  ['exchange.preview', 'submissionId'],
  ['exchange.commit', 'submissionId'],
  ['exchange.show', 'exchangeId'],
  ['exchange.download', 'exchangeId'],
  ['refresh.issue', 'activationId'],
  ['refresh.issue-all', 'entitlementId'],
  ['entitlement.show', 'entitlementId'],
  ['device.show', 'deviceId'],
  ['device.rename', 'deviceId'],
  ['seat.list', 'entitlementId'],
  ['seat.show', 'activationId'],
  ['seat.undo-release', 'activationId'],
  ['claim.show', 'claimId'],
  ['claim.approve', 'claimId'],
  ['claim.refuse', 'claimId'],
  ['claim.withdraw', 'claimId'],
  ['claim.resend', 'claimId'],
  ['reminder.resend', 'personId'],
  ['person.show', 'personId'],
  ['person.resend', 'personId'],
  ['person.remove', 'personId'],
  ['second-factor.reset', 'personId'],
  ['entitlement.assign-person', 'personId'],
  ['guest.preview', 'submissionId'],
  ['guest.commit', 'submissionId'],
  ['guest.download', 'submissionId'],
] as const;
