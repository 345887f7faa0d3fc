/** Who can mend what stood in the way. */
export type Helper = 'you' | 'your-admin' | 'the-vendor' | 'the-device';

/** What a person is told about a rejection. `{name}` stands for the fact of that name. */
export interface Refusal {
  /** What is wrong, in one sentence. */
  readonly cause: string;
  /** How to mend it. */
  readonly fix: string;
  readonly who: Helper;
}

/** Values that fill the places in a refusal's text, and that pages show beside it. Instants as ISO 8601 in UTC. */
export type Facts = Readonly<Record<string, string | number>>;

/** A business "no": returned, never thrown, so that its audit row commits. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly facts: Facts;
}

/** Files the portal cannot open. */
const FILE_REFUSALS = {
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
    fix: 'Choose the file that the software on the device wrote. Its first line starts with -----BEGIN.',
    who: 'you',
  },
  'file-cut-short': {
    cause: 'The file is cut short: its last lines are missing.',
    fix: 'Copy the file from the device once more, whole, down to the line that starts with -----END.',
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

/** Requests that can be read but not granted. */
const LICENSING_REFUSALS = {
  'product-unknown': {
    cause: 'The portal does not know the product {product}.',
    fix: 'Check that the software was built for this portal.',
    who: 'the-vendor',
  },
  'activation-code-unknown': {
    cause: 'The activation code in the request is not one you can use.',
    fix: 'Check the code on the device against your order. If it is right, ask your administrator to assign the entitlement to you.',
    who: 'your-admin',
  },
  'activation-code-withdrawn': {
    cause: 'The activation code in the request was withdrawn.',
    fix: 'Ask for the current code, enter it on the device and write a new request.',
    who: 'your-admin',
  },
  'entitlement-unknown': {
    cause: 'The activation code does not cover this product or entitlement.',
    fix: 'Check the code on the device against your order, or ask your administrator which code belongs to this product.',
    who: 'your-admin',
  },
  'entitlement-ambiguous': {
    cause: 'The activation code covers {count} entitlements of this product, and the request names none of them.',
    fix: 'Name the entitlement on the device, then write a new request.',
    who: 'the-device',
  },
  'entitlement-disabled': {
    cause: 'This entitlement is disabled.',
    fix: 'Ask the vendor why, and to enable it again.',
    who: 'the-vendor',
  },
  'entitlement-expired': {
    cause: 'The term of this entitlement ended on {endedAt}.',
    fix: 'Renew the entitlement with the vendor. After that this very file can be uploaded again.',
    who: 'the-vendor',
  },
  'entitlement-not-started': {
    cause: 'The term of this entitlement starts on {startsAt}.',
    fix: 'Upload this file again from that day on.',
    who: 'you',
  },
  'offline-not-allowed': {
    cause: 'This entitlement cannot be used on devices without a network.',
    fix: 'Ask the vendor for an entitlement with an offline lease period.',
    who: 'the-vendor',
  },
  'requested-lease-refused': {
    cause: 'The device asks for a lease of {requested}, which is not a length of time.',
    fix: 'Write a new request on the device without asking for a length.',
    who: 'the-device',
  },
  'no-seat-free': {
    cause: 'All {seats} seats of this entitlement are in use.',
    fix: 'Deactivate a device that no longer needs its seat and upload its proof here, or ask your administrator to release one. This file stays good.',
    who: 'your-admin',
  },
  'consumption-used-up': {
    cause: 'Nothing is left of what was bought ({feature}: {used} of {limit} used).',
    fix: 'Order more from the vendor. After that this very file can be uploaded again.',
    who: 'the-vendor',
  },
  'fingerprint-too-small': {
    cause: 'The request names {found} components of the device; this product needs {required} to know it again.',
    fix: 'Let the software read more of the device (it may need administrator rights), then write a new request.',
    who: 'the-device',
  },
  'request-id-reused': {
    cause: 'Another request with the same id was answered before.',
    fix: 'Write a new request on the device.',
    who: 'the-device',
  },
  'activation-unknown': {
    cause: 'The portal knows no activation that this file could belong to.',
    fix: 'Check that the file comes from the right device. Nothing is held for it here.',
    who: 'you',
  },
  'activation-released': {
    cause: 'The seat of this device was released on {releasedAt}, so its old files no longer count.',
    fix: 'If the device is in use again, deactivate the software on it and write a new activation request.',
    who: 'the-device',
  },
  'activation-returned': {
    cause: 'This request was answered before, and its seat was given back on {releasedAt}.',
    fix: 'To use the software on this device again, write a new activation request on it.',
    who: 'the-device',
  },
  'activation-replaced': {
    cause: 'A newer activation of the same device took the place of this one on {releasedAt}.',
    fix: 'Use the newest file of this device, or write a new request on it.',
    who: 'the-device',
  },
  'activation-revoked': {
    cause: 'The vendor revoked this activation on {releasedAt}.',
    fix: 'Ask the vendor why.',
    who: 'the-vendor',
  },
  'activated-elsewhere': {
    cause: 'This device already holds a seat of another entitlement with the same keys.',
    fix: 'Deactivate the software on the device and upload its proof, then write a new request with the new code.',
    who: 'the-device',
  },
  'proof-of-another-device': {
    cause: 'This proof is signed by another device than the one that holds the seat.',
    fix: 'Write the proof on the device that holds the seat.',
    who: 'the-device',
  },
  'lease-still-running': {
    cause: 'The seat is already being released; the old device may run until {until}.',
    fix: 'Wait until then, or upload a deactivation proof of that device.',
    who: 'you',
  },
} as const satisfies Record<string, Refusal>;

/** What the portal itself says no to. */
const PORTAL_REFUSALS = {
  busy: {
    cause: 'Many people are using this entitlement at this very moment.',
    fix: 'Try again in a few seconds. Your file is kept.',
    who: 'you',
  },
  'not-found': {
    cause: 'There is nothing here, or nothing that you may see.',
    fix: 'Check the address, or ask your administrator.',
    who: 'your-admin',
  },
  'not-allowed': {
    cause: 'Your role does not include this.',
    fix: 'Ask somebody who may do it.',
    who: 'your-admin',
  },
  'sign-in-code-wrong': {
    cause: 'That is not the code from the newest message.',
    fix: 'Look at the newest message and type its six digits. You can try {left} more times.',
    who: 'you',
  },
  'sign-in-code-ended': {
    cause: 'This code can no longer be used: it was used, ran out, or a newer one was sent.',
    fix: 'Ask for a new code in this browser.',
    who: 'you',
  },
  'sign-in-needed': { cause: 'You are not signed in.', fix: 'Sign in and try again.', who: 'you' },
  'input-refused': {
    cause: 'Something in the form is missing or not of the right kind ({problem}).',
    fix: 'Correct it and send the form again.',
    who: 'you',
  },
  'too-many-attempts': {
    cause: 'There were too many attempts in a short time.',
    fix: 'Wait until {retryAt}, then try again.',
    who: 'you',
  },
  'already-exists': {
    cause: 'There is already a {what} named {name}.',
    fix: 'Choose another name, or use the one that is there.',
    who: 'you',
  },
} as const satisfies Record<string, Refusal>;

/** Answers the device refuses to apply. Said on the offline machine. */
const DEVICE_REFUSALS = {
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

/** Every "no" of the product, with what to say. Closed and stable: codes are added, never renamed. */
export const REFUSALS = {
  ...FILE_REFUSALS,
  ...LICENSING_REFUSALS,
  ...PORTAL_REFUSALS,
  ...DEVICE_REFUSALS,
} as const satisfies Record<string, Refusal>;

export type RejectionCode = keyof typeof REFUSALS;

/** Builds a rejection; facts that are not needed are left out. */
export function reject(code: RejectionCode, facts: Facts = {}): Rejection {
  return { code, facts };
}

/** Fills the places of a refusal's texts with the rejection's facts. A fact that is missing shows as "unknown". */
export function explain({ code, facts }: Rejection): Refusal {
  const { cause, fix, who } = REFUSALS[code];
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? 'unknown'));
  return { cause: fill(cause), fix: fill(fix), who };
}
