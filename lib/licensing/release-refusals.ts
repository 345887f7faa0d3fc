import type { Refusal } from './refusal';

/** What stands in the way of a release without the device's proof, and of undoing one. */
export const RELEASE_REFUSALS = {
  'release-not-offered': {
    cause: 'Seats of this entitlement come free only with the proof of their device.',
    fix: 'Deactivate the device and bring its proof. If it is gone for good, ask the vendor.',
    who: 'the-vendor',
  },
  'release-not-allowed': {
    cause: 'Your role does not include releasing seats of this entitlement without the proof of their device.',
    fix: 'Deactivate the device and bring its proof, or ask your administrator.',
    who: 'your-admin',
  },
  'seat-of-another': {
    cause: 'This seat was taken by somebody else, and you may release only your own.',
    fix: 'Ask that person or your administrator.',
    who: 'your-admin',
  },
  'release-limit-reached': {
    cause: 'No seat of this entitlement can be released without proof until {until}: {releases} in {days} days is the most.',
    fix: 'Deactivate a device and bring its proof, or wait until one more release is left.',
    who: 'the-vendor',
  },
  'release-needs-approval': {
    cause: 'Releasing this seat needs the approval of the vendor.',
    fix: 'Deactivate the device and bring its proof, or ask the vendor to release the seat.',
    who: 'the-vendor',
  },
  'nothing-to-undo': {
    cause: 'This seat is not one that was released without proof.',
    fix: 'Nothing needs to be done. If the device gave its seat back, write a new activation request on it.',
    who: 'the-device',
  },
  'release-of-another': {
    cause: 'Somebody else released this seat, and you may undo only your own releases.',
    fix: 'Ask that person or your administrator.',
    who: 'your-admin',
  },
  'undo-too-late': {
    cause: 'The seat has been used again since it was released.',
    fix: 'Free a seat, then deactivate the software on the device and write a new activation request.',
    who: 'the-device',
  },
} as const satisfies Record<string, Refusal>;
