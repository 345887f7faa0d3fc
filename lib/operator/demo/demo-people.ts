/** Customers of the demo, invented. */
export const DEMO_CUSTOMERS = [
  { code: 'hallmann', name: 'Hallmann Presswerk' },
  { code: 'brightwater', name: 'Brightwater Foods' },
  { code: 'tessellate', name: 'Tessellate Optics' },
] as const;

export type DemoCustomer = (typeof DEMO_CUSTOMERS)[number]['code'];

const member = (email: string, name: string, customer: DemoCustomer) => ({ email, name, role: 'member', customer }) as const;
const admin = (email: string, name: string, customer: DemoCustomer) =>
  ({ email, name, role: 'customer_admin', customer }) as const;

export const DEMO_USERS = [
  member('jonas@hallmann.example.com', 'Jonas Weber', 'hallmann'),
  admin('ines@hallmann.example.com', 'Ines Hallmann', 'hallmann'),
  member('priya@brightwater.example.com', 'Priya Nair', 'brightwater'),
  admin('tom@brightwater.example.com', 'Tom Ashdown', 'brightwater'),
  member('lea@tessellate.example.com', 'Léa Fournier', 'tessellate'),
  admin('marc@tessellate.example.com', 'Marc Olivier', 'tessellate'),
  { email: 'support@example.com', name: 'Ana Duarte', role: 'support', customer: null },
] as const;

const ROLE_WORDS = { member: 'end user', customer_admin: 'administrator', support: 'vendor support' };

/** Who can sign in, as the launcher prints it. */
export const DEMO_PEOPLE: readonly { readonly email: string; readonly role: string }[] = DEMO_USERS.map(
  ({ email, role, customer }) => {
    const at = DEMO_CUSTOMERS.find(({ code }) => code === customer);
    return { email, role: at === undefined ? ROLE_WORDS[role] : `${ROLE_WORDS[role]} at ${at.name}` };
  },
);

/** The person who carries the files of a customer, and the one who may release seats. */
export function peopleOf(customer: DemoCustomer): { member: string; admin: string } {
  const find = (wanted: 'member' | 'customer_admin') =>
    DEMO_USERS.find((user) => user.customer === customer && user.role === wanted)?.email ?? '';
  return { member: find('member'), admin: find('customer_admin') };
}
