import type { Refusal } from './refusal';

/** Refusals of calls and other network requests before their content is read. */
export const CALL_REFUSALS = {
  'call-address-unknown': {
    cause: 'There is nothing at this address.',
    fix: 'Check the address that the software was built with, or begin at the front page of the portal.',
    who: 'the-vendor',
  },
  'call-address-unreadable': {
    cause: 'What was asked for is not written as an address of this portal.',
    fix: 'Check the address that the software was built with, or begin at the front page of the portal.',
    who: 'the-vendor',
  },
  'call-method-refused': {
    cause: 'This address does not take {method}.',
    fix: 'Use the software version that fits this portal.',
    who: 'the-vendor',
  },
  'call-too-slow': {
    cause: 'What was sent did not arrive in full within 30 seconds.',
    fix: 'Check the connection, then send it again. Nothing was changed.',
    who: 'you',
  },
  'call-too-large': {
    cause: 'What was sent is larger than {most} bytes.',
    fix: 'Send less at a time. Nothing was changed.',
    who: 'you',
  },
  'call-form-unreadable': {
    cause: 'What was sent is not a form that can be read, or has more than {most} fields.',
    fix: 'Go back, load the page again, and send its form once more. Nothing was changed.',
    who: 'you',
  },
  'call-body-missing': {
    cause: 'The call brings no file.',
    fix: 'Send the content of the request file as text/plain, or as the part file of a form.',
    who: 'the-vendor',
  },
  'call-content-missing': {
    cause: 'The file in the call is empty.',
    fix: 'Write the request on the device again, and send what is in the file.',
    who: 'the-device',
  },
} as const satisfies Record<string, Refusal>;
