import type { Refusal } from './refusal';

/** Refusals of the operator's command line. */
export const OPERATOR_REFUSALS = {
  'unknown-name': {
    cause: 'There is no {what} named {name}.',
    fix: 'Look at the list of what there is, and mind upper and lower case.',
    who: 'you',
  },
  'vendor-exists': {
    cause: 'This installation already has its vendor, {name}.',
    fix: 'Use the vendor that is there. Another vendor needs an installation of its own.',
    who: 'you',
  },
  'vendor-missing': {
    cause: 'This installation has no vendor yet.',
    fix: 'Make one with vendor init.',
    who: 'you',
  },
  'root-key-differs': {
    cause: 'This root key is {found}; the root key of the vendor is {expected}.',
    fix: 'Use the file that was written when the vendor was made.',
    who: 'you',
  },
  'offering-refused': {
    cause: 'These terms do not go together: {problem}.',
    fix: 'Change the terms and try again.',
    who: 'you',
  },
  'components-refused': {
    cause:
      'These components of the product {product} do not go together: more have to match than count, or others than those that count.',
    fix: 'Name the components that count, and of those the ones that must match.',
    who: 'you',
  },
  'person-invited': {
    cause: 'The invitation of {name} was not accepted yet.',
    fix: 'Act as somebody who has signed in, or make the account with the command user create.',
    who: 'you',
  },
  'person-disabled': {
    cause: 'The account of {name} is disabled.',
    fix: 'Act as somebody who may sign in.',
    who: 'you',
  },
} as const satisfies Record<string, Refusal>;
