import type { Refusal } from './refusal';

/** Requests that can be read but not granted. */
export const LICENSING_REFUSALS = {
  'product-unknown': {
    cause: 'The portal does not know the product {product}.',
    fix: 'Check that the software was built for this portal.',
    who: 'the-vendor',
  },
  'product-disabled': {
    cause: 'The vendor issues nothing for the product {product} at the moment.',
    fix: 'Ask the vendor when it will again. After that this very file can be uploaded again.',
    who: 'the-vendor',
  },
  'product-archived': {
    cause: 'The product {product} is no longer sold, and nothing new is issued for it.',
    fix: 'Ask the vendor which product takes its place.',
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
  'trial-expired': {
    cause: 'This trial ended on {endedAt}.',
    fix: 'Order the product from the vendor. A new file needs the new code or key.',
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
  'reinstall-needs-release': {
    cause: 'No seat is free ({seats} bought). One is held by a machine with these parts, until {until}.',
    fix: 'If this is the same machine, set up anew, ask your administrator to hand in this very file: the seat moves then. If it is another machine, it needs a seat of its own.',
    who: 'your-admin',
  },
  'reinstall-needs-approval': {
    cause: 'No seat is free ({seats} bought). One is held by a machine with these parts, until {until}.',
    fix: 'If this is the same machine, set up anew, ask for the release of its old installation. Once somebody agreed, upload this very file again. If it is another machine, it needs a seat of its own.',
    who: 'your-admin',
  },
  'reinstall-over-limit': {
    cause: 'No seat is free ({seats} bought). One is held by a machine with these parts, until {until}.',
    fix: 'If this is the same machine, set up anew, upload this very file again from {nextAt} on: seats move by a release, and {releases} in {days} days is the most. Or bring the proof of a machine that is no longer used.',
    who: 'your-admin',
  },
  'reinstalls-used-up': {
    cause: 'No seat is free ({seats} bought). One is held by a machine with these parts, until {until}.',
    fix: 'If this is the same machine, set up anew, upload this very file again from {nextAt} on: the reinstalls that are allowed ({times}) are used up until then. Or bring the proof of a machine that is no longer used. The vendor can allow more.',
    who: 'your-admin',
  },
  'key-of-another-machine': {
    cause: 'The file is signed with the key of a machine that is activated already, and describes a machine with other parts.',
    fix: 'If so many parts were exchanged, upload it again from {nextAt} on. If it is another machine, set its software up anew and let it write a new request.',
    who: 'the-device',
  },
  'other-kind-of-file': {
    cause: 'This entitlement was not sold for software that writes files of this kind.',
    fix: 'Check which software the code or key was bought for. The vendor can allow both.',
    who: 'the-vendor',
  },
  'no-seat-free': {
    cause: 'No seat of this entitlement is free ({seats} bought).',
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
  'no-seat-held': {
    cause: 'No device has a running lease on this entitlement at the moment.',
    fix: 'Activate a device first, or get a refresh file for a single device whose lease ended.',
    who: 'you',
  },
} as const satisfies Record<string, Refusal>;
