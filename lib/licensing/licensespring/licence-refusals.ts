import type { Refusal } from '../refusals/refusal';

/** Requests of the LicenseSpring dialect that can be read, and are refused for a reason that only this dialect knows. */
export const LICENCE_REFUSALS = {
  'licensespring-user-refused': {
    cause: 'The user name or the password in the file is wrong.',
    fix: 'Sign in to the software on the device again and write a new request.',
    who: 'the-device',
  },
  'user-seats-used': {
    cause: 'This user has activated as many devices as they may ({seats}).',
    fix: 'Deactivate one of the user’s devices and upload its file here, or ask the vendor for more. This file stays good.',
    who: 'you',
  },
  'device-blacklisted': {
    cause: 'The vendor refuses this device.',
    fix: 'Ask the vendor why.',
    who: 'the-vendor',
  },
  'virtual-machine-refused': {
    cause: 'This licence cannot be used on a virtual machine.',
    fix: 'Install the software on a physical machine, and write a new request on it.',
    who: 'the-device',
  },
  'licence-differs': {
    cause: 'The file names another licence or product than the one it belongs to.',
    fix: 'Check that the file comes from the right software, and write a new one.',
    who: 'the-device',
  },
  'product-is-bundle': {
    cause: 'The product {product} is a bundle of several, and the file asks for it as for one.',
    fix: 'Ask on the device for the products that are in it, or for the bundle as a whole.',
    who: 'the-device',
  },
  'not-a-bundle': {
    cause: 'The product {product} is not sold as a bundle.',
    fix: 'Activate it by itself.',
    who: 'the-device',
  },
  'bundle-line-refused': {
    cause: 'Nothing of the bundle was activated, because {product} in it cannot be ({reason}).',
    fix: 'Mend that first. After that this very file can be uploaded again.',
    who: 'your-admin',
  },
} as const satisfies Record<string, Refusal>;

/** Refusals of a file that proves nothing: they reveal no more than that. */
export const LICENCES_PROVE_NOTHING = [
  'licensespring-user-refused',
] as const satisfies readonly (keyof typeof LICENCE_REFUSALS)[];
