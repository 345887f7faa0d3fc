import type { Role } from '../actor';

/** Permissions of the Keygen dialect, and the roles that have them. */
export const KEYGEN_GRANTS = {
  'keygen-public:read': ['member', 'customer_admin', 'support', 'operator'],
  'keygen-key:make': ['support', 'operator'],
  'keygen:issue': ['member', 'customer_admin', 'support', 'operator'],
} as const satisfies Record<string, readonly Role[]>;
