/** Every kind of actor. */
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
 * The expected result for each kind of actor: `yes` for success; the code of a refusal; or, where a row counts, how many of the subject's rows
 * are in the result. A refusal other than `not-allowed` and `sign-in-needed` implies that the actor has the permission.
 */
export type Expected = Record<Who, string>;

/** The same result for everybody who is signed in. Visitors, guests and applications have operations of their own alone. */
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

/** `yes` within the scope of member, administrator, support and operator; `no` for everybody signed in beyond it. */
export const scoped = (yes: string, no: string): Expected => ({
  ...everybody(no),
  member: yes,
  admin: yes,
  support: yes,
  operator: yes,
});

/** As {@link scoped}, without members: the release policy of the subject does not name them. */
export const releasers: Expected = { ...scoped('yes', 'not-found'), member: 'release-not-allowed' };
/** Operations on people: of their own customer for administrators, of all customers for support. */
export const keepers = (own: string, foreign: string): Expected => ({
  ...everybody('not-allowed'),
  admin: own,
  support: own,
  'other admin': foreign,
});
/** Operations that answer claims: as {@link keepers}, and the operator. */
export const answerers = (own: string, foreign: string): Expected => ({ ...keepers(own, foreign), operator: own });
/** Operations for support and the command line. */
export const vendorOnly: Expected = { ...everybody('not-allowed'), support: 'yes', operator: 'yes' };
/** Operations for support alone. */
export const supportOnly: Expected = { ...everybody('not-allowed'), support: 'yes' };
/** Operations of no person, so that signing in does not help a visitor. */
const nobody: Expected = { ...everybody('not-allowed'), visitor: 'not-allowed' };
/** Operations for the command line alone. */
export const operatorOnly = (answer: string): Expected => ({ ...nobody, operator: answer });
/** Operations for visitors alone. */
export const visitors = (answer: string): Expected => ({ ...nobody, visitor: answer });
/** Operations for everybody with an account. */
export const peopleOnly: Expected = { ...everybody('yes'), operator: 'not-allowed' };

/** Operations for everybody with an account at a customer. */
export const customersOnly = (answer: string): Expected => ({
  ...everybody(answer),
  support: 'not-allowed',
  operator: 'not-allowed',
});

/** A session of another person, which nobody finds. */
export const notTheirs: Partial<Expected> = {
  member: 'not-found',
  'unassigned member': 'not-found',
  admin: 'not-found',
  support: 'not-found',
  'other member': 'not-found',
  'other admin': 'not-found',
};

/** Operations for applications alone. */
export const applications = (answer: string): Expected => ({ ...nobody, application: answer });

/** Operations for guests alone: of the browser that handed the file in, and of another one. */
export const guests = (own: string, another: string): Expected => ({
  ...nobody,
  guest: own,
  'other guest': another,
});

/** Operations that need a fresh proof: they decide who can sign in, or their effect outlives the session. */
export const CAREFUL: readonly string[] = [
  ...['second-factor.begin', 'second-factor.confirm', 'second-factor.switch-off', 'second-factor.renew-recovery-codes'],
  ...['second-factor.reset', 'calendar.make', 'session.end', 'session.end-others', 'person.change-role', 'person.remove'],
];

/** Operations on one row, and the input member that names it. */
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
