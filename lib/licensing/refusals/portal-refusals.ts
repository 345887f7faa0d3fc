import type { Refusal } from './refusal';

/** Refusals of the portal itself. */
export const PORTAL_REFUSALS = {
  busy: {
    cause: 'Many people are using this entitlement at this very moment.',
    fix: 'Try again in a few seconds. Your file is kept.',
    who: 'you',
  },
  'too-many-at-once': {
    cause: 'More answers are being signed for you at this very moment than can wait for their turn.',
    fix: 'Try again in a few seconds. Your file is kept.',
    who: 'you',
  },
  'too-many-files': {
    cause: 'More files came from you in the last hour than are taken in without being answered.',
    fix: 'Bring further ones after {retryAt}. What you brought before can still be answered.',
    who: 'you',
  },
  'too-many-refusals': {
    cause: 'Too much of what you asked for in the last hour had to be refused.',
    fix: 'Wait until {retryAt}, then try again. What can be done is done before that, too.',
    who: 'you',
  },
  'too-many-acts': {
    cause: 'More was done in your name in the last hour than one person can do.',
    fix: 'Wait until {retryAt}, then go on. If this was not you, end your other sessions.',
    who: 'you',
  },
  'too-many-refreshes': {
    cause: 'This device got more refresh files in the last hour than it can need.',
    fix: 'Use the newest of them, or wait until {retryAt}.',
    who: 'you',
  },
  'file-not-kept': {
    cause: 'This file came in so long ago that it is kept no longer. What it was answered with is.',
    fix: 'Write a new file on the device and bring that.',
    who: 'the-device',
  },
  'from-another-site': {
    cause: 'This came from another site, and nothing was changed.',
    fix: 'Open the portal, and do it there.',
    who: 'you',
  },
  'opened-elsewhere': {
    cause: 'This portal is at {url}. It was opened at another address, where signing in does not work.',
    fix: 'Open {url}. If that leads here again, the address that the portal was told (NEXTAUTH_URL) is wrong: tell whoever runs it.',
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
    fix: 'Look at the newest message and type its six digits. Tries left: {left}.',
    who: 'you',
  },
  'sign-in-code-ended': {
    cause: 'This code can no longer be used: it was used, ran out, or a newer one was sent.',
    fix: 'Ask for a new code in this browser.',
    who: 'you',
  },
  'sign-in-needed': { cause: 'You are not signed in.', fix: 'Sign in and try again.', who: 'you' },
  'fresh-proof-needed': {
    cause: 'This decides who can sign in, and you signed in more than ten minutes ago.',
    fix: 'Show that it is you with a code from your mail, then do it again.',
    who: 'you',
  },
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
  'guest-refused': {
    cause: 'This file cannot be answered without signing in.',
    fix: 'Check the activation code on the device against your order. If it is right, sign in, or ask the vendor.',
    who: 'the-vendor',
  },
  'guest-not-now': {
    cause: 'There is nothing to be had for this activation code at the moment.',
    fix: 'Sign in to see why, or ask the vendor.',
    who: 'the-vendor',
  },
  'already-exists': {
    cause: 'There is already a {what} named {name}.',
    fix: 'Choose another name, or use the one that is there.',
    who: 'you',
  },
  'invitation-ended': {
    cause: 'This invitation can no longer be accepted: it ran out or was taken back, or the sign-in took too long.',
    fix: 'Sign in again from the start. If nothing is offered then, ask whoever invited you.',
    who: 'you',
  },
  'already-signed-in': {
    cause: 'This person has signed in already, so there is nothing to invite to.',
    fix: 'They sign in with their e-mail address, as before.',
    who: 'you',
  },
  'nothing-to-remind': {
    cause: 'No lease that this person is reminded of ends soon.',
    fix: 'They choose on the page of leases how long before the end they get mail. Make a refresh file there if one is needed now.',
    who: 'you',
  },
  'person-removed': {
    cause: 'This person was removed.',
    fix: 'Invite the same address again to let them back in.',
    who: 'you',
  },
  'last-admin': {
    cause: 'This is the only administrator of the customer, and somebody has to be.',
    fix: 'Make somebody else an administrator first.',
    who: 'you',
  },
  'trouble-code-mistyped': {
    cause: 'Nothing is found by this. As a trouble code, one character of it is wrong, or two have changed places.',
    fix: 'Ask for the code again: it is on the page that refused it.',
    who: 'you',
  },
  'view-only': {
    cause: 'You are looking as somebody else, and can change nothing for them.',
    fix: 'Leave their view, then act as yourself.',
    who: 'you',
  },
  'view-ended': {
    cause: 'Looking as somebody else has ended, and you have not come back from it yet.',
    fix: 'Go on as yourself, then try again.',
    who: 'you',
  },
  'own-role': {
    cause: 'Nobody changes their own role.',
    fix: 'Ask another administrator, or the vendor.',
    who: 'your-admin',
  },
} as const satisfies Record<string, Refusal>;
