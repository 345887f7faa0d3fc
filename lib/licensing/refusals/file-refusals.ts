import type { Refusal } from './refusal';

/** Files the portal cannot open. */
export const FILE_REFUSALS = {
  'file-empty': {
    cause: 'The file is empty.',
    fix: 'Write the request on the device again and check that it is on the stick before you leave.',
    who: 'you',
  },
  'file-too-large': {
    cause: 'The file is larger than any request file can be (64 KiB).',
    fix: 'Choose the file that the software on the device wrote. It is a few kilobytes of text.',
    who: 'you',
  },
  'file-not-text': {
    cause: 'This is not a text file, so it cannot be a request file.',
    fix: 'Choose the file that the software on the device wrote, and copy it without opening or converting it.',
    who: 'you',
  },
  'file-not-recognised': {
    cause: 'This file is not a request from an offline device.',
    fix: 'Choose the file that the software on the device wrote. Its first line says BEGIN ACTIVATION REQUEST.',
    who: 'you',
  },
  'file-cut-short': {
    cause: 'The file is cut short: its last lines are missing.',
    fix: 'Copy the file from the device once more, whole, down to the line that says END.',
    who: 'you',
  },
  'file-has-two-blocks': {
    cause: 'The file holds more than one request.',
    fix: 'Upload one request at a time.',
    who: 'you',
  },
  'file-damaged': {
    cause: 'The file was changed on its way: there are characters in it that no device writes.',
    fix: 'Copy the file from the device once more, without opening it in an editor.',
    who: 'you',
  },
  'file-headers-differ': {
    cause: 'The lines at the top of the file do not say the same as the signed content ({header}).',
    fix: 'Use the file exactly as the device wrote it.',
    who: 'you',
  },
  'file-is-an-answer': {
    cause: 'This file is an answer for a device, not a request from one.',
    fix: 'Carry this file to the device and apply it there. To ask for something new, write a request on the device.',
    who: 'you',
  },
  'format-version-unknown': {
    cause: 'The file is written in a format version this portal does not know ({found}).',
    fix: 'Ask the vendor for a portal update, or use the software version that fits this portal.',
    who: 'the-vendor',
  },
  'token-too-large': {
    cause: 'The signed part of the file is larger than a request can be (16 KiB).',
    fix: 'Write the request on the device again.',
    who: 'the-device',
  },
  'token-malformed': {
    cause: 'The signed part of the file is not complete.',
    fix: 'Copy the file from the device once more. If it happens again, write a new request on the device.',
    who: 'you',
  },
  'token-header-refused': {
    cause: 'The file asks to be read in a way this portal does not allow ({member}).',
    fix: 'Use the software version that fits this portal, and write the request again.',
    who: 'the-vendor',
  },
  'token-not-authentic': {
    cause: 'The file was changed after the device signed it, or was not written by a device.',
    fix: 'Copy the file from the device once more. If it happens again, write a new request on the device.',
    who: 'you',
  },
  'exchange-key-unknown': {
    cause: 'The file is not addressed to this portal. It may be meant for another vendor.',
    fix: 'Check which portal this software belongs to. If it is this one, the vendor can help.',
    who: 'the-vendor',
  },
  'exchange-key-retired': {
    cause: 'The file was written for a portal key that is no longer in use (since {openedUntil}).',
    fix: 'Apply a newer answer or refresh file on the device, or update the software; then write a new request.',
    who: 'the-device',
  },
  'vendor-differs': {
    cause: 'The request names another vendor than the one who runs this portal.',
    fix: 'Check which portal this software belongs to.',
    who: 'the-vendor',
  },
  'claims-refused': {
    cause: 'The content of the request is not what this format allows ({problem}).',
    fix: 'Use the software version that fits this portal, and write the request again.',
    who: 'the-vendor',
  },
  'request-too-old': {
    cause: 'The device wrote this request at {issuedAt} by its clock; for this product a request is good for {greatestAge}.',
    fix: 'Write a new request on the device and bring it here in time. Check the clock of the device as well.',
    who: 'the-device',
  },
  'request-from-the-future': {
    cause: 'The clock of the device is ahead: the request is dated {issuedAt}, and here it is {now}.',
    fix: 'Set the clock of the device, then write a new request.',
    who: 'the-device',
  },
} as const satisfies Record<string, Refusal>;
