import type { Refusal } from '../refusals/refusal';

/** Refusals when keys, files or proofs are issued for software built for Keygen. */
export const KEYGEN_ISSUE_REFUSALS = {
  'keygen-keys-exist': {
    cause: 'The keys for software built for Keygen were made before.',
    fix: 'Use those that are there, or put new ones into use with keygen keys rotate.',
    who: 'you',
  },
  'keygen-scheme-differs': {
    cause: 'The licence key of this entitlement was made in the scheme {found}, and a key never changes.',
    fix: 'Leave the scheme out, or make another entitlement for a key in the scheme {asked}.',
    who: 'the-vendor',
  },
  'keygen-key-missing': {
    cause: 'This entitlement has no licence key for software built for Keygen.',
    fix: 'Ask the vendor to make one.',
    who: 'the-vendor',
  },
  'keygen-sign-in-needed': {
    cause: 'What this device shows is not signed, so the vendor takes it only from people who signed in.',
    fix: 'Sign in and bring it again.',
    who: 'you',
  },
  'keygen-fingerprint-taken': {
    cause: 'A machine with this fingerprint is activated already, on another licence of the same {range}.',
    fix: 'Give that seat back first, or ask the vendor which licence the machine belongs on.',
    who: 'your-admin',
  },
  'keygen-machine-without-seat': {
    cause: 'The last file of this machine ran out, so it holds no seat.',
    fix: 'Make a machine file for it first, while a seat is free.',
    who: 'you',
  },
  'keygen-proofs-off': {
    cause:
      'Activation proofs are switched off for what was ordered. A proof has no end, so the vendor makes them only where they are needed.',
    fix: 'Make a machine file instead, or ask the vendor to switch proofs on.',
    who: 'the-vendor',
  },
  'keygen-not-a-machine': {
    cause: 'This device was not activated by software built for Keygen.',
    fix: 'Make a refresh file for it instead.',
    who: 'you',
  },
} as const satisfies Record<string, Refusal>;
