import type { Refusal } from '../refusals/refusal';

/** Refusals of requests, licence keys and files of the Keygen dialect. */
export const KEYGEN_REFUSALS = {
  'keygen-code-damaged': {
    cause: 'The text from the device page is damaged ({problem}).',
    fix: 'Scan the code on the device page again, or copy its text once more, whole and unchanged.',
    who: 'you',
  },
  'keygen-field-missing': {
    cause: 'The text from the device page names no {field}.',
    fix: 'Open the device page again. If it still shows a text without it, the software needs an update.',
    who: 'the-device',
  },
  'keygen-field-empty': {
    cause: 'The {field} in the text from the device page is empty.',
    fix: 'Enter the licence key on the device, let the software read the machine, then scan or copy its new text.',
    who: 'the-device',
  },
  'keygen-field-not-text': {
    cause: 'The {field} in the text from the device page is not written as text.',
    fix: 'Use the software version that fits this portal, then scan or copy its new text.',
    who: 'the-vendor',
  },
  'keygen-field-too-long': {
    cause: 'The {field} in the text from the device page has {length} characters; {greatest} are the most there can be.',
    fix: 'Check that nothing else was pasted with the licence key on the device, then scan or copy its new text.',
    who: 'the-device',
  },
  'keygen-field-unknown': {
    cause: 'The text from the device page holds something this portal does not know ({field}).',
    fix: 'Use the software version that fits this portal, then scan or copy its new text.',
    who: 'the-vendor',
  },
  'keygen-time-refused': {
    cause: 'The text from the device page states a time that is none ({found}).',
    fix: 'Set the clock of the device, then scan or copy its new text.',
    who: 'the-device',
  },
  'keygen-fingerprint-is-id': {
    cause: 'The fingerprint of the machine is the same as an id or the key of its licence, so it would not tell machines apart.',
    fix: 'Use a software version that reads the fingerprint from the machine, then scan or copy its new text.',
    who: 'the-vendor',
  },
  'keygen-machine-needed': {
    cause: 'This is a good licence key, but a key alone does not say which machine the file is for.',
    fix: 'Enter the key in the software on the machine, and bring the text or code that its device page shows.',
    who: 'the-device',
  },
  'keygen-key-unreadable': {
    cause: 'The licence key is not one that this portal issues.',
    fix: 'Copy the licence key again from your order or from this portal, whole and on one line.',
    who: 'you',
  },
  'keygen-key-unpadded': {
    cause: 'The licence key lost its equals signs (=) on its way.',
    fix: 'Copy the licence key again, with the equals signs that it has before the dot and at its end.',
    who: 'you',
  },
  'keygen-key-alphabet': {
    cause: 'The licence key holds characters that no key has ({found}).',
    fix: 'Copy the licence key again from your order or from this portal, without changing it in an editor.',
    who: 'you',
  },
  'keygen-key-cut': {
    cause: 'The licence key is cut short, or something was added to it.',
    fix: 'Copy the licence key again, from its first to its last character.',
    who: 'you',
  },
  'keygen-key-of-another-issuer': {
    cause: 'The licence key was issued under another account ({account}), not by this portal.',
    fix: 'Check which portal this licence was bought for, and use the licence key from there.',
    who: 'you',
  },
  'keygen-key-not-authentic': {
    cause: 'The licence key was changed, or was not issued by this portal.',
    fix: 'Copy the licence key again from your order or from this portal. If it is refused again, ask the vendor for the key.',
    who: 'the-vendor',
  },
  'keygen-keys-missing': {
    cause: 'This portal has no keys for licences of this kind yet.',
    fix: 'Ask the vendor to set them up: the command line makes them.',
    who: 'the-vendor',
  },
  'keygen-dataset-too-long': {
    cause: 'The content of the licence key is {bytes} bytes long; keys of this scheme hold {greatest} at most.',
    fix: 'Shorten the template of the key, or choose a scheme that signs.',
    who: 'the-vendor',
  },
  'keygen-dataset-refused': {
    cause: 'The content of the licence key is not what its scheme needs ({problem}).',
    fix: 'Change the template of the key, or choose another scheme.',
    who: 'the-vendor',
  },
  'keygen-template-refused': {
    cause: 'The template names something that no licence has ({name}).',
    fix: 'Use only the names that docs/formats/keygen.md lists.',
    who: 'the-vendor',
  },
  'keygen-scheme-unknown': {
    cause: 'There is no scheme of licence keys called {found}.',
    fix: 'Choose one of the eight schemes, or none for a plain key.',
    who: 'you',
  },
  'keygen-algorithm-unknown': {
    cause: 'There is no algorithm called {found}.',
    fix: 'Choose one of: {known}.',
    who: 'you',
  },
  'keygen-include-unknown': {
    cause: 'A file of this kind cannot include {found}.',
    fix: 'Choose among: {known}.',
    who: 'you',
  },
  'keygen-ttl-refused': {
    cause: 'A file cannot be good for {found} seconds.',
    fix: 'Choose a whole number of seconds from {least} to {greatest}.',
    who: 'you',
  },
  'keygen-accept-signature-refused': {
    cause: 'The header Keygen-Accept-Signature is not of the form algorithm="ed25519".',
    fix: 'Write it in that form, or leave it out.',
    who: 'the-device',
  },
  'keygen-method-refused': {
    cause: 'This address takes POST, not {method}.',
    fix: 'Use the software version that fits this portal.',
    who: 'the-vendor',
  },
  'keygen-body-too-large': {
    cause: 'The request is larger than {greatest} bytes.',
    fix: 'Send the licence key, the scope and the nonce, and nothing else.',
    who: 'the-vendor',
  },
  'keygen-body-damaged': {
    cause: 'The request is not the JSON that it has to be ({problem}).',
    fix: 'Send a JSON object with a member meta that holds the licence key.',
    who: 'the-vendor',
  },
  'keygen-body-member-missing': {
    cause: 'The request names no {member}.',
    fix: 'Send a JSON object with a member meta that holds the licence key.',
    who: 'the-vendor',
  },
  'keygen-body-member-refused': {
    cause: 'The member {member} of the request is not what it has to be ({problem}).',
    fix: 'Use the software version that fits this portal.',
    who: 'the-vendor',
  },
  'keygen-account-differs': {
    cause: 'The request names another account than the one of this portal.',
    fix: 'Build the software with the account id that this portal shows to developers.',
    who: 'the-vendor',
  },
} as const satisfies Record<string, Refusal>;
