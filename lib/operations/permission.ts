import type { Role } from './actor';
import { PERSONAL_ROLES } from './actor';
import { DIALECT_GRANTS } from './dialects/grants';

/**
 * Every permission and the roles that have it. Operations check it; pages use it to offer only what works. A permission that begins with
 * `own-` is over what belongs to the person alone.
 */
export const GRANTS = {
  'exchange:submit': ['member', 'customer_admin', 'support', 'operator'],
  'exchange:commit': ['member', 'customer_admin', 'support', 'operator'],
  'exchange:read': ['member', 'customer_admin', 'support', 'operator'],
  ...DIALECT_GRANTS,
  'refresh:issue': ['member', 'customer_admin', 'support', 'operator'],
  'entitlement:read': ['member', 'customer_admin', 'support', 'operator'],
  'device:read': ['member', 'customer_admin', 'support', 'operator'],
  // The release policy of each entitlement decides which of them may release which seat.
  'seat:release': ['member', 'customer_admin', 'support', 'operator'],
  'claim:open': ['member', 'customer_admin', 'support'],
  'claim:read': ['member', 'customer_admin', 'support', 'operator'],
  'claim:answer': ['customer_admin', 'support', 'operator'],
  'device:rename': ['member', 'customer_admin', 'support'],
  'own-calendar:manage': ['member', 'customer_admin'],
  'own-reminder:choose': ['member', 'customer_admin'],
  'reminder:send': ['operator'],
  'claim-mail:send': ['operator'],
  'invitation-mail:send': ['operator'],
  'person:manage': ['customer_admin', 'support'],
  'support:search': ['support', 'operator'],
  'file:inspect': ['support', 'operator'],
  'device-note:manage': ['support', 'operator'],
  'entitlement:disable': ['support', 'operator'],
  'customer:view-as': ['support'],
  'own-session:manage': ['member', 'customer_admin', 'support'],
  'audit:read': ['member', 'customer_admin', 'support', 'operator'],
  'audit:export': ['customer_admin', 'support', 'operator'],
  'audit:seal': ['operator'],
  'audit:check': ['support', 'operator'],
  'lease:settle': ['operator'],
  'file:drop': ['operator'],
  'invitation:expire': ['operator'],
  'own-second-factor:manage': ['member', 'customer_admin', 'support'],
  'installation:manage': ['operator'],
  'sign-in:use': ['visitor'],
  'undo-link:use': ['visitor'],
  'calendar-link:read': ['visitor'],
  'guest-exchange:use': ['guest'],
  'application:exchange': ['application'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof GRANTS;

/** Whether the permission is over what belongs to a person alone: an impersonator neither sees nor changes it. */
export function isOwn(permission: Permission): boolean {
  return permission.startsWith('own-');
}

export type Grants = Readonly<Record<Permission, readonly Role[]>>;

export function mayPerform(role: Role, permission: Permission): boolean {
  return missingRight(role, permission) === null;
}

/** Checks a role's permission. @returns null when it has it; `sign-in-needed` for a visitor whom signing in can help; otherwise `not-allowed` */
export function missingRight(
  role: Role,
  permission: Permission,
  grants: Grants = GRANTS,
): 'sign-in-needed' | 'not-allowed' | null {
  const roles = grants[permission];
  if (roles.includes(role)) return null;
  return role === 'visitor' && roles.some((other) => PERSONAL_ROLES.includes(other)) ? 'sign-in-needed' : 'not-allowed';
}
