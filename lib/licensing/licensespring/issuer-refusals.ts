import type { Refusal } from '../refusals/refusal';

/** Refusals of the commands for the issuer's keys. */
export const ISSUER_REFUSALS = {
  'licensespring-issuer-exists': {
    cause: 'This installation has its LicenseSpring keys already.',
    fix: 'Use those that licensespring issuer show prints. Applications are built with them, so they are never replaced.',
    who: 'you',
  },
  'licensespring-issuer-missing': {
    cause: 'This installation has no keys for files in LicenseSpring’s format yet.',
    fix: 'Make them with licensespring issuer create.',
    who: 'you',
  },
} as const satisfies Record<string, Refusal>;
