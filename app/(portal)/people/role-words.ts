import type { CustomerRole } from '@/lib/operations/people/decide-person-change';

/** What the people of a customer are called, and what they may do. */
export const ROLES: Record<CustomerRole, { readonly word: string; readonly may: string }> = {
  member: { word: 'Member', may: 'Uses what is assigned to them.' },
  customer_admin: { word: 'Administrator', may: 'Sees and releases every seat, and looks after the people.' },
};
