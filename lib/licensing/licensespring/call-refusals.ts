import type { Refusal } from '../refusals/refusal';

/** Refusals of a call because of its signature. */
export const SIGNED_CALL_REFUSALS = {
  'call-headers-missing': {
    cause: 'The call has no {header} header.',
    fix: 'Send both headers, Date and Authorization.',
    who: 'the-vendor',
  },
  'call-authorization-refused': {
    cause: 'The Authorization header is not what it has to be ({problem}).',
    fix: 'Write it as algorithm="hmac-sha256",headers="date",signature="…",apikey="…".',
    who: 'the-vendor',
  },
  'call-algorithm-refused': {
    cause: 'The Authorization header names another algorithm than hmac-sha256.',
    fix: 'Sign the date with HMAC-SHA-256 and the shared key.',
    who: 'the-vendor',
  },
  'call-client-unknown': {
    cause: 'The key in the Authorization header is not one that this portal takes.',
    fix: 'Check that the software was built for this portal, and that its key was not withdrawn.',
    who: 'the-vendor',
  },
  'call-date-refused': {
    cause: 'The Date header says {date}, and here it is {now}. More than 15 minutes between them are refused.',
    fix: 'Set the clock of the machine that calls, and write the date as RFC 7231 says.',
    who: 'the-vendor',
  },
  'call-signature-differs': {
    cause: 'The signature in the Authorization header is not over this date, or was made with another shared key.',
    fix: 'Sign the two lines “licenseSpring” and “date: …” with the shared key, and send the very same date.',
    who: 'the-vendor',
  },
} as const satisfies Record<string, Refusal>;
