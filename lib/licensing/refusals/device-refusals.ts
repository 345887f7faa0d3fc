import type { Refusal } from './refusal';

/** Answers that the device refuses to apply. Shown on the offline machine. */
export const DEVICE_REFUSALS = {
  'answer-key-not-certified': {
    cause: 'The answer is not signed by a key of the vendor this software was built for.',
    fix: 'Check that the file comes from the right portal.',
    who: 'you',
  },
  'answer-for-another-device': {
    cause: 'The answer is for another device or another activation.',
    fix: 'Apply it on the device whose request it answers.',
    who: 'you',
  },
  'answer-to-another-request': {
    cause: 'The answer belongs to another request of this device.',
    fix: 'Upload the newest request and apply its answer.',
    who: 'you',
  },
  'answer-out-of-date': {
    cause: 'A newer lease is already in place (lease {current}; this file holds {found}).',
    fix: 'Nothing needs to be done. To extend the lease, get a new refresh file.',
    who: 'you',
  },
  'answer-for-another-product': {
    cause: 'The answer is for the product {found}; this software is {expected}.',
    fix: 'Apply it to the software it was made for.',
    who: 'you',
  },
  'answer-is-a-request': {
    cause: 'This file is a request from a device, not an answer for one.',
    fix: 'Upload it to the portal, and apply the file that comes back.',
    who: 'you',
  },
  'answer-to-nothing': {
    cause: 'This device has not asked for anything.',
    fix: 'Write a request on this device first.',
    who: 'you',
  },
  'fingerprint-differs': {
    cause: 'This is not the machine the licence was made for: {matched} of {required} needed components match.',
    fix: 'Write a new request on this machine.',
    who: 'the-device',
  },
  'lease-ended': {
    cause: 'The lease ended at {endedAt}.',
    fix: 'Get a refresh file from the portal, or write a new request.',
    who: 'you',
  },
  'lease-not-started': {
    cause: 'The lease starts at {startsAt}, and by the clock of this machine that is still to come.',
    fix: 'Set the clock of this machine.',
    who: 'the-device',
  },
  'clock-set-back': {
    cause: 'The clock of this machine shows {now}, but it was already {latest} here.',
    fix: 'Set the clock of this machine to the right time.',
    who: 'the-device',
  },
  'not-activated': {
    cause: 'The software is not activated on this device.',
    fix: 'Write a request, upload it to the portal and apply the answer.',
    who: 'you',
  },
} as const satisfies Record<string, Refusal>;
