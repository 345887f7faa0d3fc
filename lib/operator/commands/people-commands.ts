import { createCustomer } from '@/lib/operations/customers/create-customer';
import { createUser } from '@/lib/operations/people/create-user';
import { listCustomers, listUsers } from '@/lib/operations/people/list-people';
import { deleteUser, moveUser } from '@/lib/operations/people/move-user';
import { resetUserSecondFactor } from '@/lib/operations/sign-in/reset-second-factor';
import type { OperatorCommand } from './perform-command';
import { listing, saying } from './perform-command';

const createCustomerCommand = saying({
  words: 'customer create',
  summary: 'Make a customer.',
  example: '--code hallmann --name "Hallmann AG"',
  options: {
    code: { flags: '--code CODE', help: 'Short name, such as hallmann.' },
    name: { flags: '--name NAME', help: 'Name that people see.' },
  },
  operation: createCustomer,
  say: ({ code }) => [`Made the customer ${code}.`],
});

const listCustomersCommand = listing({
  words: 'customer list',
  summary: 'List the customers.',
  example: '',
  operation: listCustomers,
  columns: { code: (customer) => customer.code, name: (customer) => customer.name, made: (customer) => customer.createdAt },
});

const createUserCommand = saying({
  words: 'user create',
  summary: 'Make an account for a person.',
  example: '--email jonas@hallmann.example.com --name "Jonas Hallmann" --role member --customer hallmann',
  options: {
    email: { flags: '--email EMAIL', help: 'Address that sign-in codes go to.' },
    name: { flags: '--name NAME', help: 'Name that people see.' },
    role: { flags: '--role ROLE', help: 'What they may do.' },
    customer: { flags: '--customer CODE', help: 'The customer of a member or customer admin.' },
  },
  operation: createUser,
  say: ({ email }) => [`Made the account ${email}.`],
});

const resetSecondFactorCommand = saying({
  words: 'user reset-second-factor',
  summary: 'Take the second factor of somebody who lost their phone away, and sign them out everywhere.',
  example: '--email jonas@hallmann.example.com',
  options: { email: { flags: '--email EMAIL', help: 'Address of the person.' } },
  operation: resetUserSecondFactor,
  say: ({ email }) => [
    `Reset the second factor of ${email}. They sign in with the code from their mail alone until they set it up again.`,
    'No mail was sent: tell them.',
  ],
});

const moveUserCommand = saying({
  words: 'user move',
  summary: 'Move somebody to another customer. What they did stays where they did it.',
  example: '--email jonas@hallmann.example.com --customer kestrel',
  options: {
    email: { flags: '--email EMAIL', help: 'Address of the person.' },
    customer: { flags: '--customer CODE', help: 'Where they are to be.' },
    role: { flags: '--role ROLE', help: 'What they may do there.', fallback: 'as before' },
  },
  operation: moveUser,
  say: ({ email, from, to, isWithoutAdmin }) => [
    `Moved ${email} from ${from} to ${to}. They are signed out, and nothing is assigned to them.`,
    ...(isWithoutAdmin ? [`${from} has no administrator now.`] : []),
    'No mail was sent: tell them.',
  ],
});

const deleteUserCommand = saying({
  words: 'user delete',
  summary: 'Delete whoever has an address, at every customer. The history, which is sealed, stays as it was written.',
  example: '--email jonas@hallmann.example.com',
  options: { email: { flags: '--email EMAIL', help: 'Address of the person.' } },
  operation: deleteUser,
  say: ({ email, deleted }) => [
    `Deleted ${email} at ${deleted.map(({ customer }) => customer ?? 'the vendor').join(', ')}.`,
    ...deleted.flatMap(({ customer, isWithoutAdmin }) => (isWithoutAdmin ? [`${customer} has no administrator now.`] : [])),
    'History and audit, which are sealed, still name the address.',
  ],
});

const listUsersCommand = listing({
  words: 'user list',
  summary: 'List everybody who has an account.',
  example: '',
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

export const peopleCommands: readonly OperatorCommand[] = [
  createCustomerCommand,
  listCustomersCommand,
  createUserCommand,
  resetSecondFactorCommand,
  moveUserCommand,
  deleteUserCommand,
  listUsersCommand,
];
