import type { Refusal } from './refusal';

/** Refusals of the second factor. */
export const SECOND_FACTOR_REFUSALS = {
  'second-factor-code-wrong': {
    cause: 'That code does not fit, or was used already.',
    fix: 'Each code works once. Type the one that your app shows now, wait for the next, or use a recovery code.',
    who: 'you',
  },
  'second-factor-wait-ended': {
    cause: 'This sign-in was not finished in time, or was begun in another browser.',
    fix: 'Sign in again from the start.',
    who: 'you',
  },
  'second-factor-set-up-ended': {
    cause: 'Setting up the second factor was not finished in time.',
    fix: 'Set it up again, and scan the new picture.',
    who: 'you',
  },
  'second-factor-on': {
    cause: 'The second factor is on already.',
    fix: 'To use another phone, switch it off first and then set it up again.',
    who: 'you',
  },
  'second-factor-off': {
    cause: 'The second factor is not on.',
    fix: 'Look at the page again to see how it stands now.',
    who: 'you',
  },
  'undo-link-ended': {
    cause:
      'This link undoes nothing any more: it was used, is older than seven days, or you have signed in with the second factor since.',
    fix: 'If you cannot sign in, ask your administrator or the vendor.',
    who: 'your-admin',
  },
  'own-second-factor': {
    cause: 'Nobody resets their own second factor here.',
    fix: 'Switch it off under your sign-ins, with a code. Without your phone and recovery codes, ask another administrator or the vendor.',
    who: 'your-admin',
  },
} as const satisfies Record<string, Refusal>;
