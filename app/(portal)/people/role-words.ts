import type { CustomerRole } from '@/lib/operations/people/decide-person-change';

/** Name and rights of each role at a customer. */
export const ROLES: Record<CustomerRole, { readonly word: string; readonly may: string }> = {
  member: { word: 'Member', may: 'Uses what is assigned to them.' },
  customer_admin: { word: 'Administrator', may: 'Sees and releases every seat, and looks after the people.' },
};
