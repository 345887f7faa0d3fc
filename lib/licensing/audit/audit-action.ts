import { DIALECT_AUDIT_ACTIONS, DIALECT_REFUSED_ACTIONS } from '../dialects/audit-actions';

/** All audit actions, by kind. Closed: an action without a sentence (`components/audit/format-audit-entry.ts`) does not compile. */
export const AUDIT_ACTIONS = {
  files: ['file.previewed', 'file.refused', 'file.answered-again', 'file.inspected', 'file.dropped', 'file.act-refused'],
  seats: [
    'seat.taken',
    'seat.returned',
    'seat.released',
    'seat.release-refused',
    'seat.release-undone',
    'seat.undo-refused',
    'seat.came-free',
    'seat.act-refused',
  ],
  claims: [
    'claim.opened',
    'claim.approved',
    'claim.approved-with-ties',
    'claim.refused',
    'claim.withdrawn',
    'claim.open-refused',
    'claim.approve-refused',
    'claim.refuse-refused',
    'claim.withdraw-refused',
    'claim.mailed',
    'claim.mail-refused',
    'claim.mails-wanted',
    'claim.act-refused',
  ],
  leases: [
    'lease.renewed',
    'lease.refreshed',
    'lease.refused',
    'lease.ran-out',
    ...DIALECT_AUDIT_ACTIONS.leases,
    'reminder.mailed',
    'reminder.mail-refused',
    'reminder.chosen',
    'reminder.wanted',
    'lease.act-refused',
  ],
  entitlements: [
    'entitlement.created',
    'entitlement.disabled',
    'entitlement.enabled',
    'entitlement.policy-changed',
    'entitlement.assigned',
    'entitlement.unassigned',
    'code.created',
    'code.withdrawn',
    ...DIALECT_AUDIT_ACTIONS.entitlements,
    'entitlement.act-refused',
  ],
  devices: ['device.renamed', 'device.tagged', 'device.noted', 'device.act-refused'],
  people: [
    'customer.created',
    'user.created',
    'user.moved-away',
    'user.moved-here',
    'user.deleted',
    'person.invited',
    'person.invited-again',
    'person.invitation-refused',
    'person.invitation-ran-out',
    'person.address-shared',
    'person.joined',
    'person.mail-accepted',
    'person.mail-refused',
    'person.mail-failed',
    'person.role-changed',
    'person.removed',
    'person.change-refused',
    'person.act-refused',
    'person.held-back',
  ],
  'sign-ins': [
    'session.opened',
    'session.ended',
    'session.proved',
    'second-factor.begun',
    'second-factor.switched-on',
    'second-factor.undone',
    'second-factor.switched-off',
    'second-factor.codes-renewed',
    'second-factor.reset',
    'second-factor.refused',
    'calendar.link-made',
    'calendar.link-revoked',
    'customer.view-started',
    'customer.view-ended',
    'session.act-refused',
  ],
  vendor: [
    'vendor.created',
    'keys.rotated',
    'product.created',
    'product.changed',
    'offering.created',
    'offering.changed',
    ...DIALECT_AUDIT_ACTIONS.vendor,
    'audit.unsealed',
    'audit.sealed-late',
    'vendor.act-refused',
  ],
} as const satisfies Record<string, readonly string[]>;

export type AuditKind = keyof typeof AUDIT_ACTIONS;

export type AuditAction = (typeof AUDIT_ACTIONS)[AuditKind][number];

/** All kinds, in the order in which pages list them. */
export const AUDIT_KINDS = Object.keys(AUDIT_ACTIONS) as readonly AuditKind[];

/** Finds the kind of a stored action; null for one that only a newer version of the portal knows. */
export function auditKindOf(action: string): AuditKind | null {
  return AUDIT_KINDS.find((kind) => isOneOf(AUDIT_ACTIONS[kind], action)) ?? null;
}

/** Checks whether a stored text is an action of this version. */
export function isAuditAction(action: string): action is AuditAction {
  return auditKindOf(action) !== null;
}

function isOneOf(actions: readonly string[], action: string): boolean {
  return actions.includes(action);
}

/** The action for a refused command without an entry of its own, by the first word of the command's name. */
const REFUSED_ACTIONS: Readonly<Record<string, AuditAction>> = {
  exchange: 'file.act-refused',
  file: 'file.act-refused',
  seat: 'seat.act-refused',
  claim: 'claim.act-refused',
  refresh: 'lease.act-refused',
  ...DIALECT_REFUSED_ACTIONS,
  reminder: 'lease.act-refused',
  entitlement: 'entitlement.act-refused',
  code: 'entitlement.act-refused',
  device: 'device.act-refused',
  person: 'person.act-refused',
  customer: 'person.act-refused',
  user: 'person.act-refused',
  session: 'session.act-refused',
  'second-factor': 'session.act-refused',
  calendar: 'session.act-refused',
  view: 'session.act-refused',
};

/** Finds the audit action for a refused command, by the command's name. */
export function refusedActionOf(operation: string): AuditAction {
  const [first = ''] = operation.split('.');
  return Object.hasOwn(REFUSED_ACTIONS, first) ? (REFUSED_ACTIONS[first] ?? 'vendor.act-refused') : 'vendor.act-refused';
}
