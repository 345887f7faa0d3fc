import type { Role } from './actor';

/** Every right there is, and the roles that have it. Used by operations and, to offer only what works, by pages. */
const GRANTS = {
  'exchange:submit': ['member', 'customer_admin', 'support', 'operator'],
  'exchange:commit': ['member', 'customer_admin', 'support', 'operator'],
  'exchange:read': ['member', 'customer_admin', 'support', 'operator'],
  'refresh:issue': ['member', 'customer_admin', 'support', 'operator'],
  'entitlement:read': ['member', 'customer_admin', 'support', 'operator'],
  'device:read': ['member', 'customer_admin', 'support', 'operator'],
  'seat:release': ['customer_admin', 'support', 'operator'],
  'person:manage': ['customer_admin', 'support'],
  'own-session:manage': ['member', 'customer_admin', 'support'],
  'installation:manage': ['operator'],
  'guest-exchange:use': ['guest'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof GRANTS;

/** Says whether the role has the right. */
export function mayPerform(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] = GRANTS[permission];
  return roles.includes(role);
}
