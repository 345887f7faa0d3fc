import type { Role } from './actor';
import { DIALECT_GRANTS } from './dialects/grants';

/**
 * Every right there is, and the roles that have it. Used by operations and, to offer only what works, by pages. What begins with `own-` is
 * over something that belongs to the person alone.
 */
const GRANTS = {
  'exchange:submit': ['member', 'customer_admin', 'support', 'operator'],
  'exchange:commit': ['member', 'customer_admin', 'support', 'operator'],
  'exchange:read': ['member', 'customer_admin', 'support', 'operator'],
  ...DIALECT_GRANTS,
  'refresh:issue': ['member', 'customer_admin', 'support', 'operator'],
  'entitlement:read': ['member', 'customer_admin', 'support', 'operator'],
  'device:read': ['member', 'customer_admin', 'support', 'operator'],
  // The release policy of each entitlement says who of them may release which seat.
  'seat:release': ['member', 'customer_admin', 'support', 'operator'],
  'claim:open': ['member', 'customer_admin', 'support'],
  'claim:read': ['member', 'customer_admin', 'support', 'operator'],
  'claim:answer': ['customer_admin', 'support', 'operator'],
  'device:rename': ['member', 'customer_admin', 'support'],
  'own-calendar:manage': ['member', 'customer_admin'],
  'own-reminder:choose': ['member', 'customer_admin'],
  'reminder:send': ['operator'],
  'claim-mail:send': ['operator'],
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
  'guest-exchange:use': ['guest'],
  'application:exchange': ['application'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof GRANTS;

/** Says whether the right is over what belongs to a person alone: whoever only looks as them neither changes nor sees it. */
export function isOwn(permission: Permission): boolean {
  return permission.startsWith('own-');
}

/** Says whether the role has the right. */
export function mayPerform(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = GRANTS[permission];
  return roles.includes(role);
}
