import type { Refusal } from './refusal';

/** Refusals of a release without the device's proof, and of undoing one. */
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
    cause: 'Releasing this seat needs the approval of somebody else.',
    fix: 'Ask for the release on the page of the seat. An administrator or support answers.',
    who: 'your-admin',
  },
  'approval-not-needed': {
    cause: 'Releasing this seat needs nobody’s approval.',
    fix: 'Release it yourself.',
    who: 'you',
  },
  'claim-open': {
    cause: 'Somebody has asked for the release of this seat already.',
    fix: 'Wait for the answer. The page of the device shows how it stands.',
    who: 'your-admin',
  },
  'claim-closed': {
    cause: 'This claim is no longer open: it was answered or taken back, or the seat was given up in another way.',
    fix: 'Look at the claim to see what became of it.',
    who: 'you',
  },
  'own-claim': {
    cause: 'You asked for this release yourself, and somebody else has to answer.',
    fix: 'Ask another administrator or support.',
    who: 'your-admin',
  },
  'approver-not-independent': {
    cause:
      'The vendor wants this answered by an administrator who has been here for seven days, and whom an invitation does not tie to whoever asked.',
    fix: 'Ask another administrator or support.',
    who: 'your-admin',
  },
  'claim-of-another': {
    cause: 'Somebody else asked for this release, and only they can take it back.',
    fix: 'Ask that person, or refuse the claim if you may.',
    who: 'your-admin',
  },
  'nobody-to-tell': {
    cause: 'Nobody waits for a mail about this claim.',
    fix: 'Whoever is concerned sees on the page of the claim how it stands.',
    who: 'you',
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
