import { createCustomer } from '@/lib/operations/customers/create-customer';
import { createUser } from '@/lib/operations/people/create-user';
import { listCustomers, listUsers } from '@/lib/operations/people/list-people';
import { deleteUser, moveUser } from '@/lib/operations/people/move-user';
import { resetUserSecondFactor } from '@/lib/operations/sign-in/reset-second-factor';
import type { Command } from '../command-line/command';
import { listing, performing } from '../command-line/perform-command';

const createCustomerCommand = performing({
  name: 'customer create',
  summary: 'Make a customer.',
  options: {
    code: { type: 'string', value: 'CODE', required: true, help: 'Short name, such as hallmann.' },
    name: { type: 'string', value: 'NAME', required: true, help: 'Name that people see.' },
  },
  operation: createCustomer,
  input: (typed) => ({ code: typed.text('code'), name: typed.text('name') }),
  say: ({ code }) => [`Made the customer ${code}.`],
});

const listCustomersCommand = listing({
  name: 'customer list',
  summary: 'List the customers.',
  operation: listCustomers,
  columns: { code: (customer) => customer.code, name: (customer) => customer.name, made: (customer) => customer.createdAt },
});

const createUserCommand = performing({
  name: 'user create',
  summary: 'Make an account for a person.',
  options: {
    email: { type: 'string', value: 'EMAIL', required: true, help: 'Address that sign-in codes go to.' },
    name: { type: 'string', value: 'NAME', required: true, help: 'Name that people see.' },
    role: { type: 'string', value: 'ROLE', required: true, help: 'member, customer_admin or support.' },
    customer: { type: 'string', value: 'CODE', help: 'The customer of a member or customer admin.' },
  },
  operation: createUser,
  input: (typed) => ({
    email: typed.text('email'),
    name: typed.text('name'),
    role: typed.text('role'),
    customer: typed.text('customer'),
  }),
  say: ({ email }) => [`Made the account ${email}.`],
});

const resetSecondFactorCommand = performing({
  name: 'user reset-second-factor',
  summary: 'Take the second factor of somebody who lost their phone away, and sign them out everywhere.',
  options: { email: { type: 'string', value: 'EMAIL', required: true, help: 'Address of the person.' } },
  operation: resetUserSecondFactor,
  input: (typed) => ({ email: typed.text('email') }),
  say: ({ email }) => [
    `Reset the second factor of ${email}. They sign in with the code from their mail alone until they set it up again.`,
    'No mail was sent: tell them.',
  ],
});

const moveUserCommand = performing({
  name: 'user move',
  summary: 'Move somebody to another customer. What they did stays where they did it.',
  options: {
    email: { type: 'string', value: 'EMAIL', required: true, help: 'Address of the person.' },
    customer: { type: 'string', value: 'CODE', required: true, help: 'Where they are to be.' },
    role: { type: 'string', value: 'ROLE', help: 'member or customer_admin; as before where it is left out.' },
  },
  operation: moveUser,
  input: (typed) => ({ email: typed.text('email'), customer: typed.text('customer'), role: typed.text('role') }),
  say: ({ email, from, to, isWithoutAdmin }) => [
    `Moved ${email} from ${from} to ${to}. They are signed out, and nothing is assigned to them.`,
    ...(isWithoutAdmin ? [`${from} has no administrator now.`] : []),
    'No mail was sent: tell them.',
  ],
});

const deleteUserCommand = performing({
  name: 'user delete',
  summary: 'Delete whoever has an address, at every customer. The history, which is sealed, stays as it was written.',
  options: { email: { type: 'string', value: 'EMAIL', required: true, help: 'Address of the person.' } },
  operation: deleteUser,
  input: (typed) => ({ email: typed.text('email') }),
  say: ({ email, deleted }) => [
    `Deleted ${email} at ${deleted.map(({ customer }) => customer ?? 'the vendor').join(', ')}.`,
    ...deleted.flatMap(({ customer, isWithoutAdmin }) => (isWithoutAdmin ? [`${customer} has no administrator now.`] : [])),
    'History and audit, which are sealed, still name the address.',
  ],
});

const listUsersCommand = listing({
  name: 'user list',
  summary: 'List everybody who has an account.',
  operation: listUsers,
  columns: {
    email: (user) => user.email,
    name: (user) => user.name,
    role: (user) => user.role,
    customer: (user) => user.customerCode,
    joined: (user) => user.joinedAt,
    disabled: (user) => user.disabledAt,
  },
});

export const peopleCommands: readonly Command[] = [
  createCustomerCommand,
  listCustomersCommand,
  createUserCommand,
  resetSecondFactorCommand,
  moveUserCommand,
  deleteUserCommand,
  listUsersCommand,
];
